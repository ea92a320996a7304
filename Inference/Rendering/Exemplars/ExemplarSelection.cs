namespace LipSync.Rendering.Exemplars;

/// <summary>
/// Which of the speaker's own mouths each output frame shows: the cheapest path (Viterbi) between looking like the target and
/// running on as the source did.
/// </summary>
internal sealed class ExemplarSelection(IReadOnlyList<Exemplar> exemplars, ExemplarCosts price)
{
    private const int Candidates = 40;

    private readonly List<int[]> candidates = [];
    private readonly List<byte[]> origins = [];
    private float[] costs = [];

    /// <summary>Adds the next output frame to the path.</summary>
    public void Add(in MouthQuery query)
    {
        var (numbers, unary) = Cheapest(query);
        var from = new byte[numbers.Length];
        var total = new float[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var best = candidates.Count == 0 ? 0 : float.MaxValue;
            for (var j = 0; j < costs.Length; j++)
            {
                var cost = costs[j] + price.Following(candidates[^1][j], numbers[i]);
                if (cost < best)
                {
                    (best, from[i]) = (cost, (byte)j);
                }
            }

            total[i] = best + unary[i];
        }

        candidates.Add(numbers);
        origins.Add(from);
        costs = total;
    }

    /// <summary>Ends the path: the exemplar of each frame added since the last end.</summary>
    public int[] Take()
    {
        var path = new int[candidates.Count];
        var state = Array.IndexOf(costs, costs.Length == 0 ? 0 : costs.Min());
        for (var i = path.Length - 1; i >= 0; i--)
        {
            path[i] = candidates[i][state];
            state = origins[i][state];
        }

        candidates.Clear();
        origins.Clear();
        costs = [];
        return path;
    }

    /// <summary>One exemplar follows the other as in the source, or nearly so.</summary>
    public static bool RunsOn(Exemplar from, Exemplar to) => Math.Abs(to.SourceFrame - from.SourceFrame) <= 2;

    private (int[] Numbers, float[] Costs) Cheapest(in MouthQuery query)
    {
        var all = new float[exemplars.Count];
        var numbers = new int[exemplars.Count];
        for (var i = 0; i < all.Length; i++)
        {
            (all[i], numbers[i]) = (price.Showing(query, i), i);
        }

        Array.Sort(all, numbers);
        var count = Math.Min(Candidates, all.Length);
        return (numbers[..count], all[..count]);
    }
}
