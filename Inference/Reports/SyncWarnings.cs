using System.Globalization;

namespace LipSync.Reports;

/// <summary>What a viewer may object to besides the face itself, in plain words. Pure.</summary>
internal static class SyncWarnings
{
    private const double NoticedOffsetMs = 50;
    private const float SmallFace = 60;
    private const double LooseR = 0.8;
    private const double LateFrames = 1.5;
    private const int FewestClosures = 5;
    private const double GoodClosures = 0.7;

    public static IEnumerable<string> OfSource(PlanReport plan, bool isPicture)
    {
        if (plan.Source is { } source && Math.Abs(1000 * source.OffsetSeconds) >= NoticedOffsetMs)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The source's own sound comes {Math.Abs(1000 * source.OffsetSeconds):0} ms {(source.OffsetSeconds > 0 ? "late" : "early")}.");
        }

        if (!isPicture && plan.Exemplars is { PaintedFrames: > 0, DrawnFrames: 0 })
        {
            yield return "The mouth never opens wide enough in the source: the inside of the mouth is painted.";
        }
    }

    /// <param name="eyeDistance">Pixels between the outer corners of the eyes; 0 where the face was not found.</param>
    public static IEnumerable<string> OfOutput(MouthComparison comparison, OpeningAgreement? opening, ClosureFigures closures, float eyeDistance, int fps)
    {
        if (!comparison.Speaks)
        {
            yield return "No speech was heard in the audio: the mouth stays closed.";
        }
        else if (comparison.Frames == 0)
        {
            yield return "The mouth was not found again in the finished video: look at it before you use it.";
        }

        if (eyeDistance is > 0 and < SmallFace)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The face is small ({eyeDistance:0} pixels between the outer corners of the eyes): the mouth can't show fine detail.");
        }

        if (opening is { R: < LooseR })
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"The mouth follows the speech only loosely (r = {opening.R:0.00}): look at the contact sheet.");
        }

        if (opening is { R: >= LooseR } late && Math.Abs(late.LagMs) > 1000 * LateFrames / fps)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The mouth moves {Math.Abs(late.LagMs):0} ms {(late.LagMs > 0 ? "late" : "early")}.");
        }

        if (closures.Checked >= FewestClosures && closures.Achieved < GoodClosures * closures.Checked)
        {
            yield return $"Of {closures.Checked} times that the lips had to close (p, b, m), {closures.Checked - closures.Achieved} are not seen closed.";
        }
    }
}
