using LipSync.Basics;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

/// <summary>When somebody speaks, judged by level against the recording's own speech and noise.</summary>
internal sealed class SpeechActivity
{
    // Below this (dB of full scale) there is nothing to lip-sync to, only the noise of converters.
    private const float Inaudible = -95;

    private readonly float[] sinceSpeech;
    private readonly float[] untilSpeech;

    private SpeechActivity(Contour presence)
    {
        Presence = presence;
        sinceSpeech = Distance(presence.Frames, i => i);
        untilSpeech = Distance(presence.Frames, i => presence.Frames - 1 - i);
    }

    /// <summary>0 silence … 1 speech.</summary>
    public Contour Presence { get; }

    public bool IsSpeech(int frame) => Presence[frame] > 0.5f;

    /// <summary>Seconds since speech was last heard; 0 in speech, infinite before the first.</summary>
    public float SinceSpeech(int frame) => sinceSpeech[frame];

    /// <summary>Seconds until speech is heard again; 0 in speech, infinite after the last.</summary>
    public float UntilSpeech(int frame) => untilSpeech[Presence.Frames - 1 - frame];

    /// <param name="level">dB.</param>
    public static SpeechActivity Of(Contour level)
    {
        // The level reached for a third of a second in all is speech, however long the recording is silent; a click is shorter.
        var peak = level.Percentile(1 - Math.Min(0.5, 33.0 / level.Frames), _ => true);
        var speech = level.Percentile(0.9, i => level[i] > peak - 35);
        var noise = level.Percentile(0.05, _ => true);
        if (!(peak > Inaudible))
        {
            return new(new(level.Frames, _ => 0));
        }

        // Speech without pauses has no noise to measure: its threshold stays well under its own level.
        var threshold = MathF.Max(speech - 24, MathF.Min(noise + 7, speech - 12));
        return new(new(level.Frames, i => Hermite.SmoothStep(threshold - 4, threshold + 4, level[i])));
    }

    private float[] Distance(int frames, Func<int, int> order)
    {
        var distance = new float[frames];
        var seconds = float.PositiveInfinity;
        for (var i = 0; i < frames; i++)
        {
            seconds = IsSpeech(order(i)) ? 0 : seconds + (1f / Contour.Rate);
            distance[i] = seconds;
        }

        return distance;
    }
}
