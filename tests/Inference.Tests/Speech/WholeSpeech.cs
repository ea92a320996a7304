using LipSync.Media;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

/// <summary>Speech as one array, which tests like better than pieces.</summary>
internal static class WholeSpeech
{
    public static async Task<float[]> Read(string path)
    {
        var all = new List<float>();
        await foreach (var samples in AudioTrack.Read(path, CancellationToken.None))
        {
            all.AddRange(samples.Span);
        }

        return [.. all];
    }

    public static MouthTrack Track(this IMouthTracker tracker, float[] samples, int fps)
    {
        var listener = tracker.Listen(fps);
        listener.Hear(samples);
        return listener.Finish();
    }

    /// <param name="pieceLength">Samples heard at a time.</param>
    internal static MelSpectrogram Spectrum(float[] samples, int pieceLength = int.MaxValue)
    {
        var spectrum = new MelSpectrogram();
        var analyzer = new MelAnalyzer(spectrum.Add);
        for (var at = 0; at < samples.Length; at += Math.Min(pieceLength, samples.Length))
        {
            analyzer.Add(samples.AsSpan(at, Math.Min(pieceLength, samples.Length - at)));
        }

        analyzer.Finish();
        return spectrum;
    }
}
