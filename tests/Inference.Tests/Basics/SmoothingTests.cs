using CsCheck;

namespace LipSync.Basics;

public sealed class SmoothingTests
{
    [Fact]
    public void Parabola_FullWindow_HasThePublishedWeights() =>
        Assert.Equal([-3 / 35f, 12 / 35f, 17 / 35f, 12 / 35f, -3 / 35f], SmoothingKernels.Parabola(2, 2), Close);

    [Fact]
    public void Parabola_AnyWindow_KeepsParabolasExactly() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Float[-2, 2], Gen.Float[-2, 2]).Where(t => t.Item1 + t.Item2 >= 2).Sample((before, after, slope, bend) =>
        {
            var weights = SmoothingKernels.Parabola(before, after);
            var value = weights.Select((weight, k) => weight * (5 + (slope * (k - before)) + (bend * (k - before) * (k - before)))).Sum();
            Assert.Equal(5, value, 1e-3f);
        });

    [Fact]
    public void Gaussian_AtAnEnd_StillSumsToOne()
    {
        Assert.Equal(1, SmoothingKernels.Gaussian(2)(0, 6).Sum(), 1e-5f);
        Assert.Equal(1, SmoothingKernels.Gaussian(2)(6, 6).Sum(), 1e-5f);
    }

    [Fact]
    public void Push_LongRun_EqualsTheKernelOverTheWholeRun()
    {
        var emitted = new List<(int Frame, float Value)>();
        var kernel = SmoothingKernels.Gaussian(1);
        var window = new SmoothingWindow(3, kernel, (frame, value) => emitted.Add((frame, value[0])));
        var input = Enumerable.Range(0, 20).Select(i => (float)(i * i % 17)).ToArray();

        for (var i = 0; i < input.Length; i++)
        {
            window.Push(100 + i, [input[i]]);
            Assert.Equal(Math.Max(0, i - 2), emitted.Count);
        }

        window.Flush();
        Assert.Equal(Enumerable.Range(100, 20), emitted.Select(pair => pair.Frame));
        for (var i = 0; i < input.Length; i++)
        {
            var (from, to) = (Math.Max(0, i - 3), Math.Min(19, i + 3));
            var expected = kernel(i - from, to - i).Select((weight, k) => weight * input[from + k]).Sum();
            Assert.Equal(expected, emitted[i].Value, 1e-4f);
        }
    }

    [Fact]
    public void Flush_BetweenRuns_KeepsThemApart()
    {
        var emitted = new List<(int Frame, float Value)>();
        var window = new SmoothingWindow(2, SmoothingKernels.Gaussian(2), (frame, value) => emitted.Add((frame, value[0])));

        window.Push(0, [1]);
        window.Push(1, [1]);
        window.Flush();
        window.Push(5, [9]);
        window.Flush();

        Assert.Equal([(0, 1), (1, 1), (5, 9)], emitted);
    }

    [Fact]
    public void Push_AfterAGapWithoutFlush_Throws()
    {
        var window = new SmoothingWindow(2, SmoothingKernels.Parabola, (_, _) => { });
        window.Push(0, [1]);

        Assert.Throws<ArgumentException>(() => window.Push(2, [1]));
    }

    private static bool Close(float expected, float actual) => MathF.Abs(expected - actual) < 1e-5f;
}
