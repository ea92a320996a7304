using LipSync.Rendering;
using LipSync.Rendering.Plans;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>Where a plan of the built-in renderer goes on to a mouth that is not next to the one before in the source.</summary>
internal static class ExemplarCuts
{
    /// <summary>Further apart in the source than this, two mouths don't belong together.</summary>
    private const int Near = 2;

    /// <returns>The first frame behind each cut.</returns>
    public static List<int> Of(string path)
    {
        using var file = File.OpenRead(path);
        var plan = new MouthPlan(PlanHeader.ReadFrom(file).Map, file);
        var shown = Enumerable.Range(0, plan.Map.OutputFrames)
            .Select(frame => plan.ReadFrame(frame).Exemplar is var exemplar && exemplar != PlannedFrame.None ? plan.Exemplars[exemplar].SourceFrame : (int?)null)
            .ToArray();
        return [.. Enumerable.Range(1, shown.Length - 1).Where(frame => Math.Abs(shown[frame] - shown[frame - 1] ?? 0) > Near)];
    }
}
