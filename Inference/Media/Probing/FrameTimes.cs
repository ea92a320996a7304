using System.Globalization;
using LipSync.Basics;

namespace LipSync.Media.Probing;

/// <summary>Whether a video's frames follow each other evenly, read from its packets: nothing is decoded.</summary>
internal static class FrameTimes
{
    /// <summary>Frames looked at, from the first on: 20 seconds at 25 a second.</summary>
    private const int Looked = 500;

    /// <summary>Clocks of containers are as coarse as a millisecond, some phones' as two.</summary>
    private const double CoarseClock = 0.004;

    /// <summary>Share of the usual interval by which one may differ.</summary>
    private const double Tolerance = 0.15;

    /// <summary>Whether some frames are shown clearly longer or shorter than others; false where the file gives no times.</summary>
    public static async Task<bool> Vary(string source, MediaFacts facts, CancellationToken cancellationToken)
    {
        var stream = facts.Video!.Index.ToString(CultureInfo.InvariantCulture);
        var interval = string.Create(CultureInfo.InvariantCulture, $"%+#{Looked}");
        var report = await MediaProbe.RunFfprobe(
            source, facts.Container, ["-select_streams", stream, "-show_entries", "packet=pts_time", "-read_intervals", interval], cancellationToken);
        double[] times = [.. (report.Packets ?? []).Select(packet => FfprobeReport.Seconds(packet.PtsTime)).OfType<double>().Order()];
        return Vary(times);
    }

    /// <param name="times">Seconds, rising.</param>
    internal static bool Vary(ReadOnlySpan<double> times)
    {
        if (times.Length < 3)
        {
            return false;
        }

        var steps = new float[times.Length - 1];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (float)(times[i + 1] - times[i]);
        }

        var usual = Quantile.UpperMedian(steps);
        return steps.Any(step => Math.Abs(step - usual) > Math.Max(CoarseClock, Tolerance * usual));
    }
}
