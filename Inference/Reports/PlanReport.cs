namespace LipSync.Reports;

/// <summary>What was planned, for people: where the face speaks and where it can't, what was learnt from the source, which mouths are shown.</summary>
/// <param name="Faces">The whole output in order, without gaps.</param>
/// <param name="Source">What the source's own speech told; null where it holds none or doesn't fit.</param>
public sealed record PlanReport(IReadOnlyList<FaceSpan> Faces, SourceSync? Source, ExemplarFigures Exemplars)
{
    public static PlanReport Empty { get; } = new([], null, new(0, 0, 0, 0, 0));
}

/// <summary>Output frames in a row that are treated alike.</summary>
/// <param name="Reason">Why the mouth is not drawn, or not surely; null where it is.</param>
public sealed record FaceSpan(int FirstFrame, int Frames, FaceState State, FaceReason? Reason);

/// <summary>The mouth is drawn; drawn, but look at it; the source is shown as it is; a picture that shows the face stands still.</summary>
public enum FaceState { Synced, LowConfidence, PassedThrough, Held }

public enum FaceReason { NoFace, TurnedAway, TooSmall, Covered, OtherPerson }

/// <summary>The source's own speech against its own mouth.</summary>
/// <param name="OffsetSeconds">By how much the sound comes late (positive) or early (negative) in the source.</param>
/// <param name="GenericCorrelation">Pearson r of the opening the generic network expects with the mouth seen.</param>
/// <param name="AdaptedCorrelation">The same after adaptation, on frames it was not fitted on.</param>
/// <param name="Adaptation">0 generic … 1 wholly this speaker's.</param>
public sealed record SourceSync(double OffsetSeconds, double GenericCorrelation, double AdaptedCorrelation, double Adaptation);

/// <param name="Gathered">Mouths of the speaker to choose from.</param>
/// <param name="Shown">Of them shown at least once.</param>
/// <param name="Cuts">Changes to a mouth that does not follow in the source.</param>
/// <param name="DrawnFrames">Frames with a mouth of the speaker's own.</param>
/// <param name="PaintedFrames">Frames with a painted inner mouth.</param>
public sealed record ExemplarFigures(int Gathered, int Shown, int Cuts, int DrawnFrames, int PaintedFrames);
