using System.Numerics;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

public sealed class MelSpectrogramTests
{
    [Fact]
    public void Transform_RandomSignalInEveryLane_EqualsTheDefinition()
    {
        const int size = 64;
        var random = new Random(1);
        var lanes = Vector<float>.Count;
        var signals = Enumerable.Range(0, lanes).Select(_ => Enumerable.Range(0, size)
            .Select(_ => new Complex(random.NextDouble() - 0.5, random.NextDouble() - 0.5)).ToArray()).ToArray();
        var real = Enumerable.Range(0, size).Select(i => Pack(lane => (float)signals[lane][i].Real)).ToArray();
        var imaginary = Enumerable.Range(0, size).Select(i => Pack(lane => (float)signals[lane][i].Imaginary)).ToArray();

        new FourierTransform(size).Transform(real, imaginary);

        for (var lane = 0; lane < lanes; lane++)
        {
            for (var k = 0; k < size; k++)
            {
                var expected = Dft(signals[lane], k);
                Assert.Equal(expected.Real, real[k][lane], 1e-4);
                Assert.Equal(expected.Imaginary, imaginary[k][lane], 1e-4);
            }
        }

        Vector<float> Pack(Func<int, float> value) => new([.. Enumerable.Range(0, lanes).Select(value)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(18)]
    [InlineData(39)]
    public void Of_AnyFrame_EqualsAStraightforwardTransform(int frame)
    {
        var random = new Random(2);
        var samples = Enumerable.Range(0, 6400).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

        var spectrum = WholeSpeech.Spectrum(samples);

        Assert.Equal(40, spectrum.Frames);
        var power = Enumerable.Range(0, 257).Select(k => Power(samples, (frame * 160) - 200, k)).ToArray();
        for (var band = 0; band < MelAnalyzer.Bands; band++)
        {
            var expected = Enumerable.Range(0, 257).Sum(k => power[k] * TriangleWeight(band, k * 31.25));
            Assert.Equal(1, spectrum[frame][band] / expected, 1e-3);
        }
    }

    [Theory]
    [InlineData(440)]
    [InlineData(3000)]
    public void Of_Tone_PeaksInTheBandOfItsFrequency(double hertz)
    {
        var samples = Enumerable.Range(0, 16000).Select(i => (float)Math.Sin(Math.Tau * hertz * i / 16000)).ToArray();

        var bands = WholeSpeech.Spectrum(samples)[50].ToArray();

        var nearest = MelAnalyzer.CentresHertz.Index().MinBy(centre => Math.Abs(centre.Item - hertz)).Index;
        Assert.InRange(Array.IndexOf(bands, bands.Max()), nearest - 1, nearest + 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(159)]
    [InlineData(1000)]
    [InlineData(16000)]
    public void Add_InPieces_EqualsTheWhole(int pieceLength)
    {
        var random = new Random(3);
        var samples = Enumerable.Range(0, 20011).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

        var (whole, pieces) = (WholeSpeech.Spectrum(samples), WholeSpeech.Spectrum(samples, pieceLength));

        Assert.Equal(126, whole.Frames);
        Assert.Equal(whole.Frames, pieces.Frames);
        Assert.All(Enumerable.Range(0, whole.Frames), frame => Assert.Equal(whole[frame], pieces[frame]));
    }

    [Fact]
    public void Of_Nothing_HasNoFrames() => Assert.Equal(0, WholeSpeech.Spectrum([]).Frames);

    private static Complex Dft(Complex[] signal, int k) =>
        signal.Select((value, i) => value * Complex.FromPolarCoordinates(1, -Math.Tau * i * k / signal.Length)).Aggregate(Complex.Add);

    private static double Power(float[] samples, int first, int k)
    {
        var windowed = new Complex[512];
        for (var i = 0; i < 400; i++)
        {
            var at = first + i;
            windowed[i] = (at >= 0 && at < samples.Length ? samples[at] : 0) * (0.5 - (0.5 * Math.Cos(Math.Tau * (i + 0.5) / 400)));
        }

        var value = Dft(windowed, k).Magnitude / 512;
        return value * value;
    }

    private static double TriangleWeight(int band, double hertz)
    {
        static double Edge(int i) => 700 * (Math.Pow(1 + (8000 / 700.0), i / 81.0) - 1);
        var (low, centre, high) = (Edge(band), Edge(band + 1), Edge(band + 2));
        (low, high) = (Math.Min(low, centre - 31.25), Math.Max(high, centre + 31.25));
        return Math.Max(0, Math.Min((hertz - low) / (centre - low), (high - hertz) / (high - centre)));
    }
}
