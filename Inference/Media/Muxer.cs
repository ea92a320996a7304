using System.Globalization;
using LipSync.Media.Ffmpeg;
using LipSync.Media.Normalizing;

namespace LipSync.Media;

/// <summary>Makes the finished file: the chunks joined without encoding again, the speech encoded once.</summary>
public static class Muxer
{
    /// <summary>Writes an mp4 of exactly <paramref name="frames"/> frames whose sound is cut or padded with silence to the same length.</summary>
    /// <param name="chunks">Chunks of <see cref="FrameWriter"/> in order.</param>
    /// <param name="speech">A file of <see cref="SpeechNormalizer"/>.</param>
    public static async Task Mux(IReadOnlyList<string> chunks, string speech, int frames, int fps, string output, CancellationToken cancellationToken)
    {
        var samples = (long)Math.Round((double)frames * SpeechNormalizer.SampleRate / fps, MidpointRounding.AwayFromZero);
        using var scratch = new ScratchFolder(output);
        await Concatenation.WriteList(scratch.File("list"), chunks, cancellationToken);
        await FfmpegProcess.Run(
            FfmpegCommand.Ffmpeg(
            [
                .. Concatenation.Input(scratch.File("list")), "-protocol_whitelist", "file", "-i", Path.GetFullPath(speech),
                "-map", "0:v:0", .. VideoEncoding.Joined(fps),
                "-map", "1:a:0", "-af", string.Create(CultureInfo.InvariantCulture, $"apad=whole_len={samples},atrim=end_sample={samples}"),
                "-c:a", "aac", "-b:a", "160k", "-movflags", "+faststart", scratch.File("output.mp4"),
            ]),
            cancellationToken);
        scratch.Publish("output.mp4");
    }
}
