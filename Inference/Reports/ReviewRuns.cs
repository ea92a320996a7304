using LipSync.Media;
using LipSync.Rendering;

namespace LipSync.Reports;

/// <summary>
/// Which frames of an output are looked at again: all of a short one; of a longer one evenly spread runs, together about six
/// seconds, so that a long video costs no more. Pure.
/// </summary>
internal static class ReviewRuns
{
    private const int MostRuns = 6;
    private const int Seconds = 6;

    /// <summary>Runs in order. They begin where the encoder began anew, so that nothing before them is decoded.</summary>
    public static IReadOnlyList<(int First, int Count)> Of(IReadOnlyList<PlannedMouth> frames, int fps)
    {
        var budget = Seconds * fps;
        if (frames.Count <= budget)
        {
            return [(0, frames.Count)];
        }

        var step = (fps + FrameWriter.SegmentFrames - 1) / FrameWriter.SegmentFrames * FrameWriter.SegmentFrames;
        var starts = Enumerable.Range(0, (frames.Count + step - 1) / step).Select(i => i * step).ToList();
        var worth = starts.Where(start => DrawnShare(frames, start, fps) >= 0.5).ToList();
        var chosen = Spread(worth.Count > 0 ? worth : starts);
        var length = Math.Min(step, budget / chosen.Count);
        return [.. chosen.Select(start => (start, Math.Min(length, frames.Count - start)))];
    }

    private static double DrawnShare(IReadOnlyList<PlannedMouth> frames, int start, int count)
    {
        var end = Math.Min(frames.Count, start + count);
        return Enumerable.Range(start, end - start).Count(i => frames[i].IsDrawn) / (double)count;
    }

    private static List<int> Spread(List<int> starts) => starts.Count <= MostRuns
        ? starts
        : [.. Enumerable.Range(0, MostRuns).Select(i => starts[i * (starts.Count - 1) / (MostRuns - 1)])];
}
