using LipSync.Basics;

namespace LipSync.Benchmarks.Quality.Measures;

/// <summary>From a speaker's closed mouth to his open one: the 5th to the 95th percentile of openings.</summary>
internal readonly record struct OpeningRange(float Closed, float Open)
{
    public float Size => Open - Closed;

    public static OpeningRange Of(IEnumerable<float> openings)
    {
        var sorted = openings.Where(float.IsFinite).Order().ToArray();
        return new(Quantile.At<float>(sorted, 0.05f), Quantile.At<float>(sorted, 0.95f));
    }

    public float Share(float opening) => (opening - Closed) / Size;
}
