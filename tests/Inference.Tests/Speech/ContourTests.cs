using LipSync.Speech.Spectra;

namespace LipSync.Speech;

public sealed class ContourTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0.015, 1.5)]
    [InlineData(9, 4)]
    public void At_AnyTime_InterpolatesAndHoldsTheEnds(double seconds, float expected) =>
        Assert.Equal(expected, new Contour(5, 100, i => i).At(seconds), 1e-5f);

    [Fact]
    public void Smooth_ConstantAndSlope_StayWhatTheyAre()
    {
        Assert.Equal(7, new Contour(30, 100, _ => 7).Smooth(0.05)[0], 1e-5f);
        Assert.Equal(20, new Contour(40, 100, i => i).Smooth(0.03)[20], 1e-4f);
    }

    [Fact]
    public void Percentile_OfTheChosen_LeavesOutTheOthers() =>
        Assert.Equal(80, new Contour(101, 100, i => i).Percentile(0.5, i => i >= 60), 1e-5f);

    [Fact]
    public void Percentile_NoneChosen_IsNoNumber() => Assert.Equal(float.NaN, new Contour(5, 100, i => i).Percentile(0.5, _ => false));
}
