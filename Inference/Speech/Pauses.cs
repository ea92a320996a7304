using LipSync.Basics;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

/// <summary>
/// What the mouth does while nobody speaks: it stays ajar in short gaps, closes in longer ones, and opens wide to breathe in before speech
/// begins again. Measured against this speech's own wide openings, and still where there is no speech at all.
/// </summary>
internal sealed class Pauses
{
    // What is shorter, or never sure, is a click or a gust, not speech.
    private const double ShortestSpeech = 0.12;
    private const float Sure = 0.8f;

    // Of the wide openings.
    private const float Ajar = 0.7f;
    private const float Breath = 1;

    // Seconds after speech between which the ajar mouth closes, and before it between which it opens to breathe in.
    private const float AjarUntil = 0.3f;
    private const float ClosedAfter = 1;
    private const float BreathFrom = 0.5f;
    private const float BreathFull = 0.25f;

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
            var ajar = Ajar * wide * (1 - Hermite.SmoothStep(AjarUntil, ClosedAfter, sinceSpeech[step]));
            var breath = Breath * wide * (1 - Hermite.SmoothStep(BreathFull, BreathFrom, untilSpeech[step]));
            var heard = untilSpeech[step] < LongestBreath ? opening[step] : 0;
            return (Presence[step] * opening[step]) + ((1 - Presence[step]) * MathF.Max(heard, MathF.Max(ajar, breath)));
        }).Smooth(Smoothing);
    }

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
