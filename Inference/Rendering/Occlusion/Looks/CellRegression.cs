using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Basics;
using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Occlusion.Looks;

/// <summary>Each value of a <see cref="LowerFace"/> as a linear function of mouth and pose, by ridge regression.</summary>
internal sealed class CellRegression
{
    private const float Ridge = 3;

    private readonly Predictors predictors;
    private readonly float[] coefficients = new float[Predictors.Count * LowerFace.Values];

    /// <param name="faces">From which it is learnt; at least one.</param>
    public CellRegression(IReadOnlyList<SeenFace> faces)
    {
        predictors = Predictors.Of(faces.Select(seen => seen.Face));
        var (gram, moments) = (new double[Predictors.Count * Predictors.Count], new float[coefficients.Length]);
        Span<float> x = stackalloc float[Predictors.Count];
        foreach (var seen in faces)
        {
            predictors.Of(seen.Face, x);
            for (var i = 0; i < x.Length; i++)
            {
                AddScaled(x[i], seen.Values, RowOf(moments, i));
                for (var j = 0; j < x.Length; j++)
                {
                    gram[(i * x.Length) + j] += x[i] * x[j];
                }
            }
        }

        for (var i = 1; i < x.Length; i++)
        {
            gram[(i * x.Length) + i] += Ridge;
        }

        for (var i = 0; i < x.Length; i++)
        {
            var inverse = new double[Predictors.Count];
            inverse[i] = 1;
            CholeskySolver.Solve([.. gram], inverse);
            for (var j = 0; j < x.Length; j++)
            {
                AddScaled((float)inverse[j], RowOf(moments, j), RowOf(coefficients, i));
            }
        }
    }

    /// <summary>The values that a face should show.</summary>
    /// <param name="rareness">From <see cref="Predictors.Rareness"/>.</param>
    public float[] Expect(SourceFace face, out float rareness)
    {
        Span<float> x = stackalloc float[Predictors.Count];
        predictors.Of(face, x);
        rareness = Predictors.Rareness(x);
        var expected = new float[LowerFace.Values];
        for (var i = 0; i < x.Length; i++)
        {
            AddScaled(x[i], RowOf(coefficients, i), expected);
        }

        return expected;
    }

    /// <summary>The mean squared deviation of each value.</summary>
    public float[] Variance(IReadOnlyList<SeenFace> faces)
    {
        var variance = new float[LowerFace.Values];
        foreach (var seen in faces)
        {
            var expected = Expect(seen.Face, out _);
            for (var i = 0; i < variance.Length; i++)
            {
                var deviation = seen.Values[i] - expected[i];
                variance[i] += deviation * deviation / faces.Count;
            }
        }

        return variance;
    }

    private static Span<float> RowOf(float[] matrix, int predictor) => matrix.AsSpan(predictor * LowerFace.Values, LowerFace.Values);

    private static void AddScaled(float factor, ReadOnlySpan<float> values, Span<float> sum)
    {
        var wide = MemoryMarshal.Cast<float, Vector<float>>(values);
        var wideSum = MemoryMarshal.Cast<float, Vector<float>>(sum);
        for (var i = 0; i < wide.Length; i++)
        {
            wideSum[i] += factor * wide[i];
        }

        for (var i = wide.Length * Vector<float>.Count; i < values.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }
}
