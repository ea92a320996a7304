using LipSync.Media;

namespace LipSync.Speech;

/// <summary>
/// A voice of known content: pulses of 120 Hz through two resonators in a row (Klatt, J. Acoust. Soc. Am. 67, 1980), one for each formant.
/// </summary>
internal static class VoiceSynth
{
    public static readonly (double First, double Second) OpenVowel = (750, 1300);
    public static readonly (double First, double Second) Spread = (300, 2300);
    public static readonly (double First, double Second) Rounded = (320, 800);

    public static float[] Vowel((double First, double Second) formants, double seconds, double gain = 1)
    {
        var samples = new double[(int)(seconds * AudioTrack.SampleRate)];
        for (var i = 0; i < samples.Length; i += AudioTrack.SampleRate / 120)
        {
            samples[i] = gain * 0.1;
        }

        Resonate(samples, formants.First, 80);
        Resonate(samples, formants.Second, 120);
        return [.. samples.Select(sample => (float)sample)];
    }

    public static float[] Silence(double seconds) => new float[(int)(seconds * AudioTrack.SampleRate)];

    private static void Resonate(double[] samples, double hertz, double bandwidth)
    {
        var c = -Math.Exp(-2 * Math.PI * bandwidth / AudioTrack.SampleRate);
        var b = 2 * Math.Exp(-Math.PI * bandwidth / AudioTrack.SampleRate) * Math.Cos(Math.Tau * hertz / AudioTrack.SampleRate);
        var (last, beforeLast) = (0.0, 0.0);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = ((1 - b - c) * samples[i]) + (b * last) + (c * beforeLast);
            (last, beforeLast) = (samples[i], last);
        }
    }
}
