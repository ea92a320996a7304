namespace LipSync.Benchmarks.Quality.Measures;

/// <summary>A piece of a picture's luma.</summary>
/// <param name="Values">Row after row.</param>
internal sealed record Patch(float[] Values, int Width)
{
    private int Height => Values.Length / Width;

    /// <summary>Sharpness: the variance of the Laplacian over the inner pixels.</summary>
    public double LaplacianVariance()
    {
        var (count, sum, squares) = (0, 0.0, 0.0);
        for (var y = 1; y < Height - 1; y++)
        {
            for (var x = 1; x < Width - 1; x++)
            {
                var i = (y * Width) + x;
                var value = (4.0 * Values[i]) - Values[i - 1] - Values[i + 1] - Values[i - Width] - Values[i + Width];
                (count, sum, squares) = (count + 1, sum + value, squares + (value * value));
            }
        }

        return (squares / count) - (sum / count * (sum / count));
    }

    /// <summary>Flicker: the mean of |before - 2 · middle + after|, 0 for whatever changes steadily.</summary>
    public static double SecondDifference(Patch before, Patch middle, Patch after) =>
        Enumerable.Range(0, middle.Values.Length).Average(i => Math.Abs(before.Values[i] - (2 * middle.Values[i]) + after.Values[i]));
}
