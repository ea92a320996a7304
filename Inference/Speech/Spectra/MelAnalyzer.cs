using System.Numerics;
using LipSync.Media;

namespace LipSync.Speech.Spectra;

/// <summary>
/// Energy of speech in 80 mel bands every 10 ms, while it arrives; keeps no more of it than one window. Frame t is centred on sample
/// 160 · t; windows of 25 ms (Hann) in a transform of 512 points, zeros beyond the ends.
/// </summary>
/// <param name="heard">Takes the energies of one frame after the other, linear, in squares of full scale.</param>
internal sealed class MelAnalyzer(Action<ReadOnlySpan<float>> heard)
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

    // Two real signals ride in each lane of one complex transform.
    private static readonly int FramesAtOnce = 2 * Vector<float>.Count;

    private readonly Vector<float>[] real = new Vector<float>[TransformSize];
    private readonly Vector<float>[] imaginary = new Vector<float>[TransformSize];
    private readonly float[] recent = new float[((FramesAtOnce - 1) * Hop) + Window];
    private readonly float[] bands = new float[FramesAtOnce * Bands];

    // The number of the sample at the beginning of the recent ones: before the first there is silence.
    private long recentStart = -Window / 2;
    private int recentCount = Window / 2;
    private long samplesHeard;
    private long framesTold;

    /// <summary>Centre frequencies of the bands in Hz.</summary>
    public static IReadOnlyList<double> CentresHertz => Filters.CentresHertz;

    /// <param name="samples">16 kHz mono, following those added before.</param>
    public void Add(ReadOnlySpan<float> samples)
    {
        samplesHeard += samples.Length;
        while (!samples.IsEmpty)
        {
            var count = Math.Min(samples.Length, recent.Length - recentCount);
            samples[..count].CopyTo(recent.AsSpan(recentCount));
            samples = samples[count..];
            recentCount += count;
            if (recentCount == recent.Length)
            {
                Analyze(FramesAtOnce);
            }
        }
    }

    /// <summary>Tells the frames that were still waiting for samples; zeros stand for those.</summary>
    public void Finish()
    {
        var frames = (samplesHeard + Hop - 1) / Hop;
        while (framesTold < frames)
        {
            recent.AsSpan(recentCount).Clear();
            Analyze(Math.Min(FramesAtOnce, (int)(frames - framesTold)));
        }
    }

    private void Analyze(int frames)
    {
        Load(0, real);
        Load(Vector<float>.Count, imaginary);
        Fourier.Transform(real, imaginary);
        SplitPower(real, imaginary);
        Store(real, bands, 0);
        Store(imaginary, bands, Vector<float>.Count);
        for (var frame = 0; frame < frames; frame++)
        {
            heard(bands.AsSpan(frame * Bands, Bands));
        }

        framesTold += frames;
        var step = FramesAtOnce * Hop;
        var kept = recent.Length - step;
        recent.AsSpan(step, kept).CopyTo(recent);
        recentStart += step;
        recentCount = (int)Math.Clamp(samplesHeard - recentStart, 0, kept);
    }

    private void Load(int firstFrame, Span<Vector<float>> signals)
    {
        Span<float> lane = stackalloc float[Vector<float>.Count];
        signals.Clear();
        for (var i = 0; i < Window; i++)
        {
            for (var j = 0; j < lane.Length; j++)
            {
                lane[j] = recent[((firstFrame + j) * Hop) + i];
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
        for (var band = 0; band < Bands; band++)
        {
            var energy = Filters.Energy(band, power);
            for (var j = 0; j < Vector<float>.Count; j++)
            {
                target[((firstFrame + j) * Bands) + band] = energy[j];
            }
        }
    }
}
