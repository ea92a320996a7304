using LipSync.Speech.Spectra;

namespace LipSync.Speech;

public sealed class ContourTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0.015, 1.5)]
    [InlineData(9, 4)]
    public void At_AnyTime_InterpolatesAndHoldsTheEnds(double seconds, float expected) =>
        Assert.Equal(expected, new Contour(5, i => i).At(seconds), 1e-5f);

    [Fact]
    public void Smooth_ConstantAndSlope_StayWhatTheyAre()
    {
        Assert.Equal(7, new Contour(30, _ => 7).Smooth(0.05)[0], 1e-5f);
        Assert.Equal(20, new Contour(40, i => i).Smooth(0.03)[20], 1e-4f);
    }

    [Fact]
    public void Normalize_ShiftedAndScaledContour_IsTheSame()
    {
        var contour = new Contour(100, i => MathF.Sin(i)).Normalize(0.1f, _ => true);
        var other = new Contour(100, i => (40 * MathF.Sin(i)) - 90).Normalize(0.1f, _ => true);

        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal(contour[i], other[i], 1e-3f));
    }

    [Fact]
    public void Normalize_ContourThatHardlyMoves_StaysInTheMiddle() =>
        Assert.All(
            Enumerable.Range(0, 10), i => Assert.InRange(new Contour(10, k => -30 + (0.01f * k)).Normalize(4, _ => true)[i], 0.48f, 0.52f));
}
