using LipSync.Basics;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

/// <summary>
/// What the mouth does while nobody speaks: it stays open where there is no time to close, is ajar for a moment in the flow of speech,
/// closes for a rest, and opens to breathe in before speech begins again: wide where breath is snatched between words, a little after
/// a rest. Measured against this speech's own wide openings, and still where there is no speech at all.
/// </summary>
internal sealed class Pauses
{
    // What is shorter, or never sure, is a click or a gust, not speech.
    private const double ShortestSpeech = 0.12;
    private const float Sure = 0.8f;

    // Of the wide openings.
    private const float Ajar = 0.25f;
    private const float RestedBreath = 0.2f;

    // Gaps in seconds: in the shortest the mouth stays open, in those of flowing speech it is ajar, in the longest it rests.
    private const float Snatched = 0.25f;
    private const float TimeToClose = 0.45f;
    private const float Flowing = 0.9f;
    private const float Rest = 1.2f;

    // Seconds before speech between which the mouth opens to breathe in, and after it until which the last sound dies away on the lips.
    private const float BreathFrom = 0.4f;
    private const float BreathFull = 0.2f;
    private const float Closing = 0.3f;

    // Seconds after speech between which lips that are ajar come together.
    private const float AjarUntil = 0.3f;
    private const float ClosedAfter = 0.8f;

    // Breaths that were heard count this long before speech; earlier ones are a room's noise.
    private const float LongestBreath = 0.8f;

    private const double Smoothing = 0.03;

    private readonly bool[] speech;
    private readonly float[] sinceSpeech;
    private readonly float[] untilSpeech;

    /// <param name="speech">0 silence … 1 speech.</param>
    public Pauses(Contour speech)
    {
        this.speech = [.. Enumerable.Range(0, speech.Frames).Select(step => speech[step] > 0.5f)];
        ForgetClicks(speech);
        sinceSpeech = Distances(step => step, 1f / speech.Rate);
        untilSpeech = Distances(step => speech.Frames - 1 - step, 1f / speech.Rate);
        Array.Reverse(untilSpeech);
        Presence = new Contour(speech.Frames, speech.Rate, step => this.speech[step] ? 1 : 0).Smooth(Smoothing);
    }

    /// <summary>0 pause … 1 speech, without what is too short to be any.</summary>
    public Contour Presence { get; }

    /// <summary>The opening with its pauses.</summary>
    /// <param name="opening">As the sounds ask for it.</param>
    public Contour Fill(Contour opening)
    {
        var wide = Array.Exists(speech, spoken => spoken) ? opening.Percentile(0.9, step => speech[step]) : 0;
        return new Contour(opening.Frames, opening.Rate, step =>
        {
            var (since, until) = (sinceSpeech[step], untilSpeech[step]);
            // Whoever begins to be heard had his lips together.
            var begun = Hermite.SmoothStep(0, BreathFull, (float)step / opening.Rate);
            var heard = until < LongestBreath || since < Closing ? opening[step] : 0;
            return (Presence[step] * opening[step]) + ((1 - Presence[step]) * MathF.Max(heard, wide * begun * Unheard(Gap(step), since, until)));
        }).Smooth(Smoothing);
    }

    /// <summary>The share of the wide openings that the mouth has where nothing is heard.</summary>
    private static float Unheard(float gap, float since, float until)
    {
        var held = 1 - Hermite.SmoothStep(Snatched, TimeToClose, gap);
        var ajar = Ajar * (1 - Hermite.SmoothStep(Flowing, Rest, gap)) * (1 - Hermite.SmoothStep(AjarUntil, ClosedAfter, since));
        var haste = 1 - Hermite.SmoothStep(Snatched, Rest, gap);
        var breath = (RestedBreath + (haste * (1 - RestedBreath))) * (1 - Hermite.SmoothStep(BreathFull, BreathFrom, until));
        return MathF.Max(held, MathF.Max(ajar, breath));
    }

    /// <summary>How long the pause around a step is, as far as it was heard; endless after the last word.</summary>
    private float Gap(int step) => float.IsFinite(sinceSpeech[step]) ? sinceSpeech[step] + untilSpeech[step] : untilSpeech[0];

    private void ForgetClicks(Contour certainty)
    {
        var start = 0;
        for (var step = 0; step <= speech.Length; step++)
        {
            if (step < speech.Length && speech[step])
            {
                continue;
            }

            if (step - start < ShortestSpeech * certainty.Rate || !Enumerable.Range(start, step - start).Any(i => certainty[i] > Sure))
            {
                Array.Clear(speech, start, step - start);
            }

            start = step + 1;
        }
    }

    /// <summary>Seconds since speech was last met in an order of steps; infinite before the first.</summary>
    private float[] Distances(Func<int, int> order, float stepSeconds)
    {
        var distances = new float[speech.Length];
        var seconds = float.PositiveInfinity;
        for (var i = 0; i < distances.Length; i++)
        {
            seconds = speech[order(i)] ? 0 : seconds + stepSeconds;
            distances[i] = seconds;
        }

        return distances;
    }
}
