using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Takes;

namespace LipSync.Benchmarks.Quality.Speeches;

/// <summary>A speech of which every phoneme's time is known.</summary>
internal sealed record KnownSpeech(Clip Clip, IReadOnlyList<Phone> Phones)
{
    /// <summary>Lips that would part for less than this stay together.</summary>
    private const double ShortestParting = 0.06;

    /// <summary>When the lips are pressed for p, b, m.</summary>
    public List<Stretch> Closures()
    {
        var closures = new List<Stretch>();
        foreach (var stretch in Phones.Select(phone => phone.LipsPressed).OfType<Stretch>())
        {
            if (closures.Count > 0 && stretch.Start - closures[^1].End < ShortestParting)
            {
                closures[^1] = closures[^1] with { End = stretch.End };
            }
            else
            {
                closures.Add(stretch);
            }
        }

        return closures;
    }
}
