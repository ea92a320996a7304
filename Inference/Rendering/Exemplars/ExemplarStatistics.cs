using LipSync.Rendering.Plans;
using LipSync.Reports;

namespace LipSync.Rendering.Exemplars;

/// <summary>Counts what a plan shows.</summary>
internal static class ExemplarStatistics
{
    /// <param name="frames">Their exemplars are numbers in <paramref name="library"/>.</param>
    public static ExemplarFigures Of(IReadOnlyList<PlannedFrame> frames, IReadOnlyList<Exemplar> library)
    {
        var drawn = frames.Where(frame => frame.Strength > 0).ToList();
        var shown = drawn.Where(frame => frame.Exemplar != PlannedFrame.None).Select(frame => frame.Exemplar).ToList();
        var cuts = Enumerable.Range(1, Math.Max(0, frames.Count - 1)).Count(i => IsCut(frames[i - 1].Exemplar, frames[i].Exemplar));
        return new(library.Count, shown.Distinct().Count(), cuts, shown.Count, drawn.Count - shown.Count);

        bool IsCut(int before, int after) =>
            before != PlannedFrame.None && after != PlannedFrame.None && !ExemplarSelection.RunsOn(library[before], library[after]);
    }
}
