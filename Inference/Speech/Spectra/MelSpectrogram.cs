using LipSync.Media;

namespace LipSync.Speech.Spectra;

/// <summary>Energy of speech in 80 mel bands every 10 ms, as <see cref="MelAnalyzer"/> finds it.</summary>
public sealed class MelSpectrogram
{
    public const int Bands = 80;

    /// <summary>Samples between frames: 10 ms.</summary>
    public const int Hop = AudioTrack.SampleRate / 100;

    private readonly IReadOnlyList<float[]> batches;
    private readonly int batchFrames;

    internal MelSpectrogram(IReadOnlyList<float[]> batches, int batchFrames, int frames, long samples) =>
        (this.batches, this.batchFrames, Frames, Seconds) = (batches, batchFrames, frames, (double)samples / AudioTrack.SampleRate);

    /// <summary>Centre frequencies of the bands in Hz.</summary>
    public static IReadOnlyList<double> CentresHertz => MelAnalyzer.CentresHertz;

    public int Frames { get; }

    /// <summary>Length of the speech.</summary>
    public double Seconds { get; }

    /// <summary>The 80 energies of a frame, linear, in squares of full scale.</summary>
    public ReadOnlySpan<float> this[int frame] => batches[frame / batchFrames].AsSpan(frame % batchFrames * Bands, Bands);
}
