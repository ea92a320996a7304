using CsCheck;
using LipSync.Accounts;

namespace LipSync.Tests.Accounts;

public sealed class CreditPricesTests
{
    [Theory]
    [InlineData(60, 5)]
    [InlineData(61, 6)]
    [InlineData(120, 10)]
    [InlineData(12, 1)]
    [InlineData(12.001, 2)]
    [InlineData(0.04, 1)]
    public void OfSeconds_ContractExamples_AreMet(double seconds, long credits) => Assert.Equal(credits, CreditPrices.OfSeconds(seconds));

    [Theory]
    [InlineData(1500, 25, 5)]
    [InlineData(1501, 25, 6)]
    [InlineData(1525, 25, 6)]
    [InlineData(1, 60, 1)]
    public void OfFrames_Boundary_IsExact(long frames, int fps, long credits) => Assert.Equal(credits, CreditPrices.OfFrames(frames, fps));

    [Fact]
    public void OfFrames_AnyLength_IsTheSmallestCoveringPrice() => Gen.Select(Gen.Long[1, 1_000_000], Gen.Int[24, 60]).Sample((frames, fps) =>
    {
        var price = CreditPrices.OfFrames(frames, fps);
        Assert.True(price * 60 * fps >= frames * 5);
        Assert.True(price == 1 || (price - 1) * 60 * fps < frames * 5);
    });
}
