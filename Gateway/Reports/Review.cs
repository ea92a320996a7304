namespace LipSync.Gateway.Reports;

/// <summary>A finished video's report as it lies in the media store.</summary>
public sealed record Review(
    IReadOnlyList<FaceStretch>? Faces,
    int FacesOmitted,
    OpeningAgreement? Opening,
    ClosureFigures? Closures,
    ExemplarFigures? Exemplars,
    SourceFigures? Source,
    IReadOnlyList<string>? Warnings);

/// <summary>A stretch of the output that is treated alike.</summary>
/// <param name="Start">Seconds of the output.</param>
/// <param name="End">Seconds of the output, exclusive.</param>
/// <param name="State"><c>synced</c>; <c>low_confidence</c>: the mouth is drawn, but look at it; <c>passed_through</c>: the source
/// is shown as it is; <c>held</c>: the last picture that showed the face stands still and speaks on.</param>
/// <param name="Reason">Where it is not simply drawn: <c>no_face</c>, <c>turned_away</c>, <c>too_small</c>, <c>covered</c>, <c>other_person</c>.</param>
public sealed record FaceStretch(double Start, double End, string State, string? Reason = null);

/// <summary>The opening of the mouth in about six seconds of the finished video against the opening asked for.</summary>
/// <param name="R">Pearson's r, frame by frame.</param>
/// <param name="LagMs">By how much the mouth moves late (positive) or early.</param>
/// <param name="Frames">Frames compared.</param>
public sealed record OpeningAgreement(double R, double LagMs, int Frames);

/// <summary>Lips pressed together for p, b, m.</summary>
/// <param name="Asked">In the whole output.</param>
/// <param name="Checked">Of them in frames that were looked at again.</param>
/// <param name="Achieved">Of those seen closed: less than 15 % of the speaker's range open.</param>
public sealed record ClosureFigures(int Asked, int Checked, int Achieved);

/// <summary>The speaker's own mouths, taken from the source and shown again.</summary>
/// <param name="Gathered">Mouths to choose from.</param>
/// <param name="Shown">Of them shown at least once.</param>
/// <param name="Cuts">Changes to a mouth that does not follow in the source.</param>
/// <param name="DrawnFrames">Frames with a mouth of the speaker's own.</param>
/// <param name="PaintedFrames">Frames with a painted inner mouth.</param>
public sealed record ExemplarFigures(int Gathered, int Shown, int Cuts, int DrawnFrames, int PaintedFrames);

/// <summary>The source's own speech against its own mouth.</summary>
/// <param name="OffsetMs">By how much the sound comes late (positive) or early in the source.</param>
/// <param name="GenericR">Pearson's r of the opening that the sound lets any speaker expect with the mouth seen.</param>
/// <param name="AdaptedR">The same for this speaker, on frames nothing was learnt from.</param>
/// <param name="Adaptation">0: mouths as any speaker's; 1: wholly this one's.</param>
public sealed record SourceFigures(double OffsetMs, double GenericR, double AdaptedR, double Adaptation);
