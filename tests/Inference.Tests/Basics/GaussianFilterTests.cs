namespace LipSync.Basics;

public class GaussianFilterTests
{
    [Fact]
    public void Smooth_Impulse_BecomesTheBell()
    {
        var smooth = GaussianFilter.Smooth([.. Enumerable.Range(0, 41).Select(i => i == 20 ? 1f : 0)], sigma: 2);

        Assert.Equal(1 / (2 * Math.Sqrt(Math.Tau)), smooth[20], 1e-3);
        Assert.Equal(smooth[20] * Math.Exp(-0.5), smooth[22], 1e-3);
        Assert.Equal(1, smooth.Sum(), 3);
    }

    [Fact]
    public void Smooth_Gap_IsFilledByItsNeighbours() =>
        Assert.All(GaussianFilter.Smooth([3, 3, float.NaN, 3, 3], sigma: 1), value => Assert.Equal(3, value, 1e-5));
}
