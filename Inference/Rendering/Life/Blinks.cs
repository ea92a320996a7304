using LipSync.Basics;
using LipSync.Speech;

namespace LipSync.Rendering.Life;

/// <summary>
/// When a portrait blinks: intervals are distributed like people's (lognormal, a few seconds), and a blink that is nearly due waits for, or
/// comes early to, the end of a phrase, where speakers blink most.
/// </summary>
internal static class Blinks
{
    private const double MedianSeconds = 3.2;
    private const double Spread = 0.45;
    private const double ShortestSeconds = 1.4;
    private const double LongestSeconds = 7;
    private const double FirstAtSeconds = 0.7;

    /// <summary>How far a blink goes to meet a phrase's end.</summary>
    private const double MeetSeconds = 0.9;

    /// <summary>Lids close fast, rest shut a moment and open at half the speed.</summary>
    private const float CloseSeconds = 0.09f;
    private const float ShutSeconds = 0.04f;
    private const float OpenSeconds = 0.19f;

    private const int Channel = 100;
    private const float Speaking = 0.4f;

    /// <summary>How far the lids are closed in each frame, 0 … 1.</summary>
    public static float[] Of(MouthTrack speech, int frames, int fps, SeededNoise noise)
    {
        var lids = new float[frames];
        var ends = PhraseEnds(speech, frames, fps);
        var due = FirstAtSeconds + noise.Uniform(Channel, 0) * MedianSeconds;
        for (var blink = 1; due < frames / (double)fps; blink++)
        {
            var begin = ends.Where(end => Math.Abs(end - due) < MeetSeconds).DefaultIfEmpty(due).MinBy(end => Math.Abs(end - due));
            var end = Math.Min(frames - 1, (int)Math.Ceiling((begin + CloseSeconds + ShutSeconds + OpenSeconds) * fps));
            for (var frame = (int)(begin * fps); frame <= end; frame++)
            {
                lids[frame] = Closed(frame / (double)fps - begin);
            }

            due = begin + Math.Clamp(MedianSeconds * Math.Exp(Spread * noise.Normal(Channel, blink)), ShortestSeconds, LongestSeconds);
        }

        return lids;
    }

    private static float Closed(double seconds) =>
        Hermite.SmoothStep(0, CloseSeconds, (float)seconds)
        * (1 - Hermite.SmoothStep(CloseSeconds + ShutSeconds, CloseSeconds + ShutSeconds + OpenSeconds, (float)seconds));

    /// <summary>Seconds at which a pause begins.</summary>
    private static List<double> PhraseEnds(MouthTrack speech, int frames, int fps)
    {
        var voice = LifePlan.Smoothed(frames, frame => speech[frame].Voice, 0.08f * fps);
        var ends = new List<double>();
        for (var frame = 1; frame < frames; frame++)
        {
            if (voice[frame - 1] >= Speaking && voice[frame] < Speaking)
            {
                ends.Add(frame / (double)fps);
            }
        }

        return ends;
    }
}
