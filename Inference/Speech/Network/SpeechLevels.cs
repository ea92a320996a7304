using LipSync.Speech.Spectra;

namespace LipSync.Speech.Network;

/// <summary>
/// Speech as the network knows it: mel bands in tens of dB against the running mean of this speaker and this microphone, so that
/// neither gain nor colour matters. The peak is held and sinks slowly; the mean is taken over frames near the peak, at first over a
/// few that stand for ordinary speech. The training's features.py is the same in numpy.
/// </summary>
internal sealed class SpeechLevels(Action<ReadOnlySpan<float>> normalized)
{
    // Frames of 10 ms that the peak looks ahead.
    private const int LookAhead = 3;

    // dB of full scale: what is quieter stays quiet, or a room's noise would be heard as speech.
    private const float QuietestPeak = -60;

    // dB a frame.
    private const float Decay = 0.01f;

    // A frame belongs to speech by half where it lies so many dB under the peak.
    private const float SpeechBelowPeak = 12;
    private const float SpeechSoftness = 3;

    // Frames of speech that the mean remembers, and what it begins with.
    private const float Memory = 1000;
    private const float Prior = 100;

    // Of the values told, in dB.
    private const float Lowest = -40;
    private const float Highest = 30;
    private const float Scale = 0.1f;

    private const float Silence = 1e-12f;

    private readonly float[][] recent = [.. Enumerable.Range(0, LookAhead + 1).Select(_ => new float[MelAnalyzer.Bands])];
    private readonly float[] levels = new float[LookAhead + 1];
    private readonly float[] mean = [.. Enumerable.Range(0, MelAnalyzer.Bands).Select(band => -14 - (0.3f * band))];
    private readonly float[] told = new float[MelAnalyzer.Bands];
    private float peak = QuietestPeak;
    private float weightSoFar = Prior;
    private long heard;
    private long done;

    /// <param name="energies">The next frame.</param>
    public void Hear(ReadOnlySpan<float> energies)
    {
        var slot = heard++ % recent.Length;
        var sum = 0f;
        for (var band = 0; band < energies.Length; band++)
        {
            sum += energies[band];
            recent[slot][band] = Decibels(energies[band]);
        }

        levels[slot] = Decibels(sum);
        if (heard - done > LookAhead)
        {
            Tell();
        }
    }

    /// <summary>Tells the frames that were still waiting for those after them.</summary>
    public void Finish()
    {
        while (done < heard)
        {
            Tell();
        }
    }

    private void Tell()
    {
        peak = MathF.Max(peak - Decay, QuietestPeak);
        for (var frame = done; frame < heard; frame++)
        {
            peak = MathF.Max(peak, levels[frame % recent.Length]);
        }

        var slot = done++ % recent.Length;
        var weight = 1 / (1 + MathF.Exp(-(levels[slot] - peak + SpeechBelowPeak) / SpeechSoftness));
        weightSoFar = MathF.Min(weightSoFar + weight, Memory);
        for (var band = 0; band < told.Length; band++)
        {
            var relative = recent[slot][band] - peak;
            mean[band] += weight / weightSoFar * (relative - mean[band]);
            told[band] = Math.Clamp(relative - mean[band], Lowest, Highest) * Scale;
        }

        normalized(told);
    }

    private static float Decibels(float energy) => 10 * MathF.Log10(energy + Silence);
}
