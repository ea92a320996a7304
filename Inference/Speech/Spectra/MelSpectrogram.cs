using System.Numerics;
using LipSync.Media;

namespace LipSync.Speech.Spectra;

/// <summary>
/// Energy of speech in 80 mel bands every 10 ms. Frame t is centred on sample 160 · t; windows of 25 ms (Hann) in a transform
/// of 512 points, zeros beyond the ends.
/// </summary>
public sealed class MelSpectrogram
{
    public const int Bands = 80;

    /// <summary>Samples between frames: 10 ms.</summary>
    public const int Hop = AudioTrack.SampleRate / 100;

    private const int Window = AudioTrack.SampleRate / 40;
    private const int TransformSize = 512;
    private const int Bins = (TransformSize / 2) + 1;

    private static readonly FourierTransform Fourier = new(TransformSize);
    private static readonly MelFilterbank Filters = new(Bands, TransformSize, AudioTrack.SampleRate);
    private static readonly float[] Hann =
        [.. Enumerable.Range(0, Window).Select(i => (float)(0.5 - (0.5 * Math.Cos(Math.Tau * (i + 0.5) / Window))))];

    private readonly float[] energies;

    private MelSpectrogram(float[] energies) => this.energies = energies;

    /// <summary>Centre frequencies of the bands in Hz.</summary>
    public static IReadOnlyList<double> CentresHertz => Filters.CentresHertz;

    public int Frames => energies.Length / Bands;

    /// <summary>The 80 energies of a frame, linear, in squares of full scale.</summary>
    public ReadOnlySpan<float> this[int frame] => energies.AsSpan(frame * Bands, Bands);

    /// <param name="samples">16 kHz mono.</param>
    public static MelSpectrogram Of(ReadOnlySpan<float> samples)
    {
        var frames = (samples.Length + Hop - 1) / Hop;
        var bands = new float[frames * Bands];
        var real = new Vector<float>[TransformSize];
        var imaginary = new Vector<float>[TransformSize];
        var lanes = Vector<float>.Count;
        for (var frame = 0; frame < frames; frame += 2 * lanes)
        {
            // Two real signals ride in one complex transform.
            Load(samples, frame, real);
            Load(samples, frame + lanes, imaginary);
            Fourier.Transform(real, imaginary);
            SplitPower(real, imaginary);
            Store(real, bands, frame);
            Store(imaginary, bands, frame + lanes);
        }

        return new(bands);
    }

    private static void Load(ReadOnlySpan<float> samples, int firstFrame, Span<Vector<float>> signals)
    {
        Span<float> lane = stackalloc float[Vector<float>.Count];
        signals.Clear();
        for (var i = 0; i < Window; i++)
        {
            for (var j = 0; j < lane.Length; j++)
            {
                var at = ((firstFrame + j) * Hop) - (Window / 2) + i;
                lane[j] = (uint)at < (uint)samples.Length ? samples[at] : 0;
            }

            signals[i] = new Vector<float>(lane) * Hann[i];
        }
    }

    /// <summary>
    /// The power spectra of the two real signals in a complex transform: their spectra are (Z(k) + Z*(N-k)) / 2 and (Z(k) - Z*(N-k)) / 2i.
    /// </summary>
    private static void SplitPower(Span<Vector<float>> real, Span<Vector<float>> imaginary)
    {
        const float scale = 0.25f / (TransformSize * TransformSize);
        for (var k = 0; k < Bins; k++)
        {
            var mirror = (TransformSize - k) % TransformSize;
            var (evenReal, oddReal) = (real[k] + real[mirror], real[k] - real[mirror]);
            var (evenImaginary, oddImaginary) = (imaginary[k] + imaginary[mirror], imaginary[k] - imaginary[mirror]);
            real[k] = ((evenReal * evenReal) + (oddImaginary * oddImaginary)) * scale;
            imaginary[k] = ((evenImaginary * evenImaginary) + (oddReal * oddReal)) * scale;
        }
    }

    private static void Store(ReadOnlySpan<Vector<float>> power, Span<float> target, int firstFrame)
    {
        var frames = Math.Min(Vector<float>.Count, (target.Length / Bands) - firstFrame);
        for (var band = 0; band < Bands; band++)
        {
            var energy = Filters.Energy(band, power);
            for (var j = 0; j < frames; j++)
            {
                target[((firstFrame + j) * Bands) + band] = energy[j];
            }
        }
    }
}
