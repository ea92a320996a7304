namespace LipSync.Reports;

/// <summary>What became of a job, for its customer: what was planned, and what the finished video shows of it.</summary>
/// <param name="Faces">The output's stretches in order; of very many the first <see cref="MostFaces"/>.</param>
/// <param name="FacesOmitted">Stretches left out of <paramref name="Faces"/>.</param>
/// <param name="Opening">Null where nothing could be compared: the speech is silent, or the mouth was not found again.</param>
/// <param name="Source">What the source's own speech told; null where it holds none.</param>
/// <param name="Warnings">What a viewer may object to, in plain words.</param>
public sealed record SyncReport(
    IReadOnlyList<FaceStretch> Faces,
    int FacesOmitted,
    OpeningAgreement? Opening,
    ClosureFigures? Closures,
    ExemplarFigures Exemplars,
    SourceFigures? Source,
    IReadOnlyList<string> Warnings)
{
    public const int MostFaces = 50;

    /// <summary>The report of a video that nobody could look at again: the plan's part, and a warning that says so.</summary>
    public static SyncReport Unchecked(PlanReport plan, int fps) => Of(
        plan, fps, opening: null, closures: null, [.. FaceWarnings.Of(plan.Faces, fps), "The finished video could not be checked; it is delivered as it was made."]);

    internal static SyncReport Of(PlanReport plan, int fps, OpeningAgreement? opening, ClosureFigures? closures, IReadOnlyList<string> warnings) => new(
        [.. plan.Faces.Take(MostFaces).Select(span => FaceStretch.Of(span, fps))],
        Math.Max(0, plan.Faces.Count - MostFaces),
        opening,
        closures,
        plan.Exemplars,
        plan.Source is { } source ? SourceFigures.Of(source) : null,
        warnings);
}

/// <param name="Start">Seconds of the output.</param>
/// <param name="End">Seconds of the output, exclusive.</param>
/// <param name="Reason">Why the mouth is not drawn, or not surely; null where it is.</param>
public sealed record FaceStretch(double Start, double End, FaceState State, FaceReason? Reason)
{
    internal static FaceStretch Of(FaceSpan span, int fps) => new(
        Math.Round((double)span.FirstFrame / fps, 3), Math.Round((double)(span.FirstFrame + span.Frames) / fps, 3), span.State, span.Reason);
}

/// <summary>The opening found in the output against the opening planned.</summary>
/// <param name="R">Pearson r, frame by frame.</param>
/// <param name="LagMs">By how much the mouth would have to be shifted to fit best, within 200 ms; positive: it moves late.</param>
/// <param name="Frames">Frames compared.</param>
public sealed record OpeningAgreement(double R, double LagMs, int Frames);

/// <summary>Lips pressed together for p, b, m.</summary>
/// <param name="Asked">In the whole output.</param>
/// <param name="Checked">Of them in the frames that were looked at again.</param>
/// <param name="Achieved">Of those seen closed: less than 15 % of the speaker's range open.</param>
public sealed record ClosureFigures(int Asked, int Checked, int Achieved);

/// <param name="OffsetMs">By how much the source's own sound comes late (positive) or early.</param>
/// <param name="GenericR">Pearson r of the opening that the sound lets any speaker expect with the mouth seen.</param>
/// <param name="AdaptedR">The same for this speaker, on frames nothing was learnt from.</param>
/// <param name="Adaptation">0: mouths as any speaker's; 1: wholly this one's.</param>
public sealed record SourceFigures(double OffsetMs, double GenericR, double AdaptedR, double Adaptation)
{
    internal static SourceFigures Of(SourceSync source) => new(
        Math.Round(source.OffsetSeconds * 1000), Math.Round(source.GenericCorrelation, 2), Math.Round(source.AdaptedCorrelation, 2), Math.Round(source.Adaptation, 2));
}
