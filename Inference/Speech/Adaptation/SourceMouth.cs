using LipSync.Basics;

namespace LipSync.Speech.Adaptation;

/// <summary>A speaker's mouth in one source frame, in eye distances.</summary>
/// <param name="Opening">Gap between the inner lips.</param>
/// <param name="Width">Distance between the mouth's corners.</param>
public readonly record struct SourceMouth(float Opening, float Width)
{
    /// <summary>What changes more slowly than this, in seconds, is the speaker's expression, not his speech.</summary>
    private const double Expression = 0.75;

    private const float Low = 0.05f;
    private const float High = 0.95f;

    /// <summary>A yawn or a laugh counts no more than this share of his range beyond it.</summary>
    private const float Beyond = 0.4f;

    /// <summary>How one member moves with speech, in the unit in which speech is heard: it is what his range runs over. NaN where he is not seen.</summary>
    internal static float[] Movement(IReadOnlyList<SourceMouth?> seen, Func<SourceMouth, float> member, (float Low, float High) unit, int fps)
    {
        var values = seen.Select(mouth => mouth is { } one ? member(one) : float.NaN).ToArray();
        var sorted = values.Where(value => !float.IsNaN(value)).Order().ToArray();
        var (least, most) = (Quantile.At(sorted, Low), Quantile.At(sorted, High));
        var range = MathF.Max(1e-4f, most - least);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = float.Lerp(unit.Low, unit.High, Math.Clamp((values[i] - least) / range, -Beyond, 1 + Beyond));
        }

        var mean = sorted.Length == 0 ? 0 : values.Where(value => !float.IsNaN(value)).Average();
        var slow = Smooth(values, Expression * fps);
        return [.. values.Zip(slow, (value, drift) => value - drift + mean)];
    }

    /// <summary>Gaussian over the values that are numbers.</summary>
    private static float[] Smooth(float[] values, double sigma)
    {
        var radius = (int)Math.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(0, radius + 1).Select(distance => (float)Math.Exp(-distance * distance / (2 * sigma * sigma))).ToArray();
        var smooth = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (sum, total) = (0f, 0f);
            for (var j = Math.Max(0, i - radius); j <= Math.Min(values.Length - 1, i + radius); j++)
            {
                if (!float.IsNaN(values[j]))
                {
                    var weight = kernel[Math.Abs(j - i)];
                    (sum, total) = (sum + (weight * values[j]), total + weight);
                }
            }

            smooth[i] = sum / total;
        }

        return smooth;
    }
}
