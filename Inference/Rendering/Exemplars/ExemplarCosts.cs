using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Exemplars;

/// <summary>What an output frame asks of an exemplar.</summary>
/// <param name="Lips">The target's lip points, in the order of <see cref="Exemplar.LipPoints"/>.</param>
/// <param name="Said">What is to be said.</param>
/// <param name="Yaw">Of the head in the frame that is drawn into.</param>
internal readonly record struct MouthQuery(
    Vector2[] Lips, MouthParameters Mouth, SaidMouth Said, float Yaw, float Pitch, float LogSharpness);

/// <summary>
/// What showing an exemplar costs. Every term is a squared deviation in units of what a viewer begins to notice, times a weight.
/// </summary>
internal sealed class ExemplarCosts
{
    // Geometry: what a warp must change it distorts. All but angles in eye distances.
    private const float LipDeviation = 0.014f;
    // Lips that shall be closed must not show teeth: there the least deviation is noticed.
    private const float OpeningDeviation = 0.007f;
    private const float OpeningShare = 0.16f;
    private const float OpeningWeight = 2f;
    private const float WidthDeviation = 0.07f;
    private const float WidthWeight = 0.5f;
    private const float JawDeviation = 0.06f;
    private const float JawWeight = 0.25f;
    private const float TurnDeviation = 0.12f;

    // Picture: a mouth sharper than its face, a hand before it.
    private const float SharpnessDeviation = 0.22f;

    /// <summary>What an overlay loses by being warped and encoded once more; natural logarithm.</summary>
    private const float SharpnessLoss = 0.13f;
    private const float OutlierWeight = 8;

    // Speech: the same sound shows the same tongue and teeth, whatever the lips' outline; and what a viewer reads from the lips must not be another class.
    private const float SoundWeight = 4;
    private const float ClosureWeight = 3;
    private const float LabiodentalWeight = 3;
    private const float RoundingWeight = 1;
    private const float TongueWeight = 1;

    /// <summary>The costs are those of frames as long as here.</summary>
    private const float UsualFps = 25;

    // Running on, from one output frame to the next. Holding costs less than going back: to and fro between two mouths flickers.
    private const float NextCost = 0;
    private const float PreviousCost = 0.9f;
    private const float HoldCost = 0.3f;
    private const float SkipCost = 0.8f;
    private const float CutCost = 2.4f;

    private readonly IReadOnlyList<Exemplar> exemplars;
    private readonly float credence;
    private readonly float frameLength;
    private readonly float[,] distances;
    private readonly float[] outliers;
    private readonly float usualStep;
    private readonly float usualSound;

    /// <param name="credence">0 … 1: how far the source's own sound and mouth belong together. What was heard counts that much.</param>
    /// <param name="fps">Frames of the output in a second: a frame counts as long as it is seen, a cut counts once.</param>
    public ExemplarCosts(IReadOnlyList<Exemplar> exemplars, float credence, int fps)
    {
        (this.exemplars, this.credence, frameLength) = (exemplars, credence, UsualFps / fps);
        distances = AppearanceDistances.Between(exemplars);
        outliers = AppearanceDistances.Outliers(exemplars, distances);
        usualStep = AppearanceDistances.MedianOfNeighbours(exemplars, distances);
        usualSound = UsualSoundDistance(exemplars);
    }

    /// <summary>What showing an exemplar costs a frame, whatever is shown before and after.</summary>
    public float Showing(in MouthQuery query, int number)
    {
        var exemplar = exemplars[number];
        return frameLength * (Shape(query, exemplar)
            + Square((exemplar.Face.Yaw - query.Yaw) / TurnDeviation)
            + Square((exemplar.Face.Pitch - query.Pitch) / TurnDeviation)
            + Square((exemplar.Appearance.LogSharpness - query.LogSharpness - SharpnessLoss) / SharpnessDeviation)
            + (OutlierWeight * Square(outliers[number]))
            + (credence * Speech(query.Said, exemplar.Said)));
    }

    /// <summary>What showing one exemplar after another costs.</summary>
    public float Following(int from, int to) => (exemplars[to].SourceFrame - exemplars[from].SourceFrame) switch
    {
        1 => NextCost,
        -1 => PreviousCost,
        0 => HoldCost,
        2 or -2 => SkipCost,
        _ => CutCost + (distances[from, to] / usualStep),
    };

    private static float Shape(in MouthQuery query, Exemplar exemplar)
    {
        var lips = 0f;
        for (var i = 0; i < query.Lips.Length; i++)
        {
            var d = exemplar.Lips[i] - query.Lips[i];
            lips += (0.5f * d.X * d.X) + (d.Y * d.Y);
        }

        var mouth = exemplar.Face.Mouth - query.Mouth;
        return (lips / query.Lips.Length / Square(LipDeviation))
            + (OpeningWeight * Square(mouth.Opening / (OpeningDeviation + (OpeningShare * query.Mouth.Opening))))
            + (WidthWeight * Square(mouth.Width / WidthDeviation))
            + (JawWeight * Square(mouth.Jaw / JawDeviation));
    }

    private float Speech(SaidMouth wanted, SaidMouth said) =>
        (SoundWeight * wanted.SoundDistance(said) / usualSound)
        + (ClosureWeight * Square(wanted.Pose.Closure - said.Pose.Closure))
        + (LabiodentalWeight * Square(wanted.Pose.Labiodental - said.Pose.Labiodental))
        + (RoundingWeight * Square(wanted.Pose.Rounding - said.Pose.Rounding))
        + (TongueWeight * Square(wanted.Pose.Tongue - said.Pose.Tongue));

    /// <summary>The mean squared distance of mouths that have nothing to do with each other: half the library apart.</summary>
    private static float UsualSoundDistance(IReadOnlyList<Exemplar> exemplars)
    {
        var sum = exemplars.Select((exemplar, i) => exemplar.Said.SoundDistance(exemplars[(i + (exemplars.Count / 2)) % exemplars.Count].Said)).Sum();
        return sum > 0 ? sum / exemplars.Count : 1;
    }

    private static float Square(float value) => value * value;
}
