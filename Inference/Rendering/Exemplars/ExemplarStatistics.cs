using LipSync.Rendering.Plans;
using LipSync.Reports;

namespace LipSync.Rendering.Exemplars;

/// <summary>Counts what a plan shows, scene by scene.</summary>
internal sealed class ExemplarStatistics
{
    public ExemplarFigures Figures { get; private set; } = new(0, 0, 0, 0, 0);

    /// <param name="frames">Their exemplars are numbers in <paramref name="library"/>.</param>
    /// <param name="planned">The numbers of the scene's frames, rising.</param>
    public void Add(IReadOnlyList<PlannedFrame> frames, IReadOnlyList<int> planned, IReadOnlyList<Exemplar> library)
    {
        var drawn = planned.Where(frame => frames[frame].Exemplar != PlannedFrame.None).ToList();
        var cuts = drawn.Zip(drawn.Skip(1)).Count(pair => pair.Second == pair.First + 1
            && !ExemplarSelection.RunsOn(library[frames[pair.First].Exemplar], library[frames[pair.Second].Exemplar]));
        Figures = new(
            Figures.Gathered + library.Count,
            Figures.Shown + drawn.Select(frame => frames[frame].Exemplar).Distinct().Count(),
            Figures.Cuts + cuts,
            Figures.DrawnFrames + drawn.Count,
            Figures.PaintedFrames + planned.Count - drawn.Count);
    }
}
