namespace LipSync.Basics;

public class CorrelationTests
{
    [Fact]
    public void Pearson_KnownSeries_IsItsTextbookValue() =>
        Assert.Equal(0.5298, Correlation.Pearson([43, 21, 25, 42, 57, 59], [99, 65, 79, 75, 87, 81]), 4);

    [Fact]
    public void Pearson_SeriesThatDoesNotVary_IsZero() => Assert.Equal(0, Correlation.Pearson([1, 2, 3], [5, 5, 5]));

    [Fact]
    public void Pearson_PairsWithoutAValue_DoNotCount() =>
        Assert.Equal(1, Correlation.Pearson([1, 2, 100, 3, float.NaN], [2, 4, float.NaN, 6, -100]), 6);

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(-4)]
    public void BestLag_SeriesThatComesLate_IsFound(int late)
    {
        float[] wave = [.. Enumerable.Range(0, 80).Select(i => MathF.Sin(0.02f * i * i))];
        float[] moved = [.. Enumerable.Range(0, 80).Select(i => i - late is >= 0 and < 80 and var from ? wave[from] : float.NaN)];

        var (lag, r) = Correlation.BestLag(wave, moved, reach: 10);

        Assert.Equal(late, lag);
        Assert.Equal(1, r, 6);
    }
}
