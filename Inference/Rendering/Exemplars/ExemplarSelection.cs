using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Exemplars;

/// <summary>What an output frame asks of an exemplar.</summary>
/// <param name="Lips">The target's lip points, in the order of <see cref="Exemplar.LipPoints"/>.</param>
/// <param name="Yaw">Of the head in the frame that is drawn into.</param>
internal readonly record struct MouthQuery(Vector2[] Lips, MouthParameters Mouth, float Yaw, float Pitch, float LogSharpness);

/// <summary>
/// Which of the speaker's own mouths each output frame shows: the cheapest path (Viterbi) between looking like the target and
/// running on as the source did.
/// </summary>
internal sealed class ExemplarSelection
{
    private const int Candidates = 40;
    private const float NextCost = 0;
    private const float PreviousCost = 0.2f;
    private const float HoldCost = 0.4f;
    private const float SkipCost = 0.8f;
    private const float CutCost = 2;

    /// <summary>A mouth opened wider than it was shows long teeth; one closed further only hides them.</summary>
    private const float StretchWeight = 1.2f;
    private const float SqueezeWeight = 0.35f;

    private readonly IReadOnlyList<Exemplar> exemplars;
    private readonly float[] outliers;
    private readonly float[,] distances;
    private readonly float adjacentDistance;
    private readonly List<int[]> candidates = [];
    private readonly List<byte[]> origins = [];
    private float[] costs = [];

    public ExemplarSelection(IReadOnlyList<Exemplar> exemplars)
    {
        this.exemplars = exemplars;
        distances = AppearanceDistances.Between(exemplars);
        adjacentDistance = AppearanceDistances.MedianOfNeighbours(exemplars, distances);
        outliers = AppearanceDistances.Outliers(exemplars, distances);
    }

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
                var cost = costs[j] + Transition(candidates[^1][j], numbers[i]);
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
            (all[i], numbers[i]) = (Unary(query, i), i);
        }

        Array.Sort(all, numbers);
        var count = Math.Min(Candidates, all.Length);
        return (numbers[..count], all[..count]);
    }

    private float Unary(in MouthQuery query, int number)
    {
        var exemplar = exemplars[number];
        var shape = 0f;
        for (var i = 0; i < query.Lips.Length; i++)
        {
            var d = exemplar.Lips[i] - query.Lips[i];
            shape += 0.5f * d.X * d.X + d.Y * d.Y;
        }

        var mouth = exemplar.Face.Mouth - query.Mouth;
        var stretch = mouth.Opening < 0 ? StretchWeight : SqueezeWeight;
        return shape / query.Lips.Length / (0.014f * 0.014f)
            + stretch * Square(mouth.Opening / (0.012f + 0.12f * query.Mouth.Opening))
            + 0.5f * Square(mouth.Width / 0.05f)
            + 0.25f * Square(mouth.Jaw / 0.06f)
            + Square((exemplar.Face.Yaw - query.Yaw) / 0.12f)
            + Square((exemplar.Face.Pitch - query.Pitch) / 0.12f)
            + Square((exemplar.Appearance.LogSharpness - query.LogSharpness) / 0.22f)
            + 8 * Square(outliers[number]);
    }

    private float Transition(int from, int to) => (exemplars[to].SourceFrame - exemplars[from].SourceFrame) switch
    {
        1 => NextCost,
        -1 => PreviousCost,
        0 => HoldCost,
        2 or -2 => SkipCost,
        _ => CutCost + distances[from, to] / adjacentDistance,
    };

    private static float Square(float value) => value * value;
}
