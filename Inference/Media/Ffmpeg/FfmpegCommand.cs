namespace LipSync.Media.Ffmpeg;

/// <summary>One run of ffmpeg or ffprobe, yet to be started.</summary>
/// <param name="Program">"ffmpeg" or "ffprobe".</param>
/// <param name="Arguments">Passed one by one, never through a shell.</param>
/// <param name="Confinement">Set for everything that reads what a customer sent.</param>
public sealed record FfmpegCommand(string Program, IReadOnlyList<string> Arguments, Confinement? Confinement = null)
{
    /// <summary>An ffmpeg run; existing outputs are overwritten.</summary>
    public static FfmpegCommand Ffmpeg(IEnumerable<string> arguments, Confinement? confinement = null) =>
        new("ffmpeg", ["-nostdin", "-hide_banner", "-loglevel", "error", "-y", .. arguments], confinement);

    /// <summary>An ffprobe run that answers JSON.</summary>
    public static FfmpegCommand Ffprobe(IEnumerable<string> arguments, Confinement? confinement = null) =>
        new("ffprobe", ["-hide_banner", "-loglevel", "error", "-of", "json", .. arguments], confinement);
}
