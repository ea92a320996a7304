using LipSync.Basics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Speech;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// Fits a mouth track, which knows no speaker, to the mouth of this one. His own range matters: the same word opens one mouth
/// twice as far as another, and mouths that open further than they ever did look false.
/// </summary>
/// <param name="Rest">The mouth in pauses.</param>
/// <param name="Widest">What an opening of 1 adds to <paramref name="Rest"/>.</param>
/// <param name="Spread">Change of width between pursed and rest, and between rest and spread.</param>
/// <param name="OwnMouths">He is shown by his own pictures.</param>
internal sealed record SpeakingRange(MouthParameters Rest, float Widest, float Spread, bool OwnMouths)
{
    private const int FewestFrames = 25;
    private const float LeastMovement = 0.05f;
    private const float WidestGeneric = 0.12f;

    /// <summary>A mouth that stands open, as in a smile, must open further than that to be seen to speak.</summary>
    private const float BeyondStanding = 1.1f;

    /// <summary>
    /// Speech without a speaker asks for openings near the middle: real mouths are narrow most of the time, at half of their wide openings
    /// and less. To this power it stands for what nothing else is known of.
    /// </summary>
    private const float Contrast = 1.4f;
    private const float GenericSpread = 0.085f;
    private const float WidestSpeaking = 0.58f;
    private const float GreatestStretch = 1.15f;
    private const float JawPerOpening = 0.35f;

    /// <summary>The same for a mouth never seen to open, in which the chin is all that shows how the jaw goes.</summary>
    private const float UnseenJawPerOpening = 0.6f;

    /// <summary>Whether the speaker opens and closes his mouth often enough, where it can be shown elsewhere, to be shown by his own pictures.</summary>
    public static bool HasOwnMouths(IEnumerable<SourceFace> seen)
    {
        var openings = Sorted([.. seen.Where(face => face.IsShowable)], f => f.Mouth.Opening);
        return openings.Length >= FewestFrames && Quantile.At(openings, 0.95f) - Quantile.At(openings, 0.05f) >= LeastMovement;
    }

    /// <param name="own">He is shown by his own pictures.</param>
    public static SpeakingRange Of(IEnumerable<SourceFace> seen, bool own)
    {
        var faces = seen.ToList();
        var openings = Sorted(faces, f => f.Mouth.Opening);
        var widths = Sorted(faces, f => f.Mouth.Width);
        var jaws = Sorted(faces, f => f.Mouth.Jaw);
        var (low, high) = (Quantile.At(openings, 0.05f), Quantile.At(openings, 0.95f));
        var opening = Math.Clamp(low, 0.004f, own ? 0.025f : 0.015f);
        var jaw = Quantile.At(jaws, 0.5f) + JawPerOpeningOf(own) * (opening - Quantile.At(openings, 0.5f));
        return new SpeakingRange(
            new MouthParameters(opening, own ? Quantile.At(widths, 0.5f) : Relaxed(Quantile.At(widths, 0.5f)), jaw),
            own ? 1.05f * high - opening : MathF.Max(WidestGeneric, BeyondStanding * Quantile.At(openings, 0.5f)),
            own ? Math.Clamp((Quantile.At(widths, 0.95f) - Quantile.At(widths, 0.05f)) / 2, 0.04f, 0.07f) : GenericSpread,
            own);
    }

    /// <summary>The speaker's mouth for a pose that lips can make.</summary>
    public MouthParameters Fit(MouthPose pose)
    {
        var asked = Math.Clamp(pose.Opening, 0, GreatestStretch);
        var opening = Widest * (OwnMouths ? asked : MathF.Pow(asked, Contrast));
        var width = Spread * Math.Clamp(2 * pose.Width - 1 - pose.Rounding, -1.2f, 1);
        return new MouthParameters(Rest.Opening + opening, Rest.Width + width, Rest.Jaw + JawPerOpeningOf(OwnMouths) * opening);
    }

    /// <summary>A frozen smile loosens to speak.</summary>
    private static float Relaxed(float width) => width - 0.6f * MathF.Max(0, width - WidestSpeaking);

    private static float JawPerOpeningOf(bool own) => own ? JawPerOpening : UnseenJawPerOpening;

    private static float[] Sorted(List<SourceFace> faces, Func<SourceFace, float> value) => [.. faces.Select(value).Order()];
}
