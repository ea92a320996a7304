using LipSync.Media.Ffmpeg;
using LipSync.Media.Probing;

namespace LipSync.Media.Normalizing;

/// <summary>One confined ffmpeg run from a customer's file to one of ours, and the verdict on the file where it gives nothing.</summary>
internal static class Transcode
{
    /// <summary>
    /// Decodes and encodes. What decodes is used: errors on the way are no reason to refuse, as exit codes say nothing about
    /// how much of a file was good.
    /// </summary>
    /// <param name="arguments">Everything after the input.</param>
    /// <param name="maxSeconds">The longest output; the time allowed follows from it.</param>
    /// <param name="follow">Reads what the run writes to pipe:1, to its end.</param>
    /// <returns>Whether the decoder complained.</returns>
    /// <exception cref="MediaRefusedException">Nothing could be decoded.</exception>
    public static async Task<bool> Run(
        string source, MediaFacts facts, MediaRole role, IEnumerable<string> arguments, double maxSeconds, string outputFolder, Func<Stream, Task> follow, CancellationToken cancellationToken)
    {
        // A video is decoded as fast as its faces are tracked: on a busy machine that is not the file's fault.
        var timeout = TimeSpan.FromSeconds(60 + ((role == MediaRole.Video ? 30 : 10) * maxSeconds));
        await using var process = FfmpegProcess.Start(
            FfmpegCommand.Ffmpeg(
                ["-max_error_rate", "1", .. OneFilterGraph(role), .. MediaProbe.Input(source, facts.Container), .. arguments],
                new Confinement(Path.GetFullPath(source), outputFolder, timeout)),
            cancellationToken);
        process.Input.Close();
        await follow(process.Output);
        var (code, errors) = await process.WaitForExit(cancellationToken);
        if (process.TimedOut)
        {
            throw Refusal.TooSlow(role);
        }

        return code == 0 ? errors.Length > 0 : throw Verdict(facts, role, new FfmpegException("ffmpeg", code, errors));
    }

    // A new graph at a change of size in mid stream would begin its clock anew; the scaler takes every size.
    private static string[] OneFilterGraph(MediaRole role) => role == MediaRole.Video ? ["-reinit_filter:v", "0"] : [];

    private static Exception Verdict(MediaFacts facts, MediaRole role, FfmpegException failure) => failure.Errors switch
    {
        // Our own trouble, not the file's.
        _ when failure.WasKilled => failure,
        var errors when Says(errors, "No space left on device") || errors.StartsWith("bwrap:", StringComparison.Ordinal) => failure,
        var errors when Says(errors, "Decoder (codec") || Says(errors, "no decoder found") => Refusal.UnsupportedCodec(role, failure),
        _ when facts.Truncated => Refusal.Truncated(role, failure),
        _ => Refusal.Damaged(role, failure),
    };

    private static bool Says(string errors, string phrase) => errors.Contains(phrase, StringComparison.Ordinal);
}
