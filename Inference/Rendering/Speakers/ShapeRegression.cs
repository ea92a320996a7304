using System.Numerics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// Learns a speaker's <see cref="ShapeBasis"/> from his own frames: ridge regression of canonical displacements on the mouth
/// parameters, drawn towards the generic basis. A speaker who talks is described by his own movements, one who doesn't by the prior.
/// </summary>
internal sealed class ShapeRegression(Vector3[] mean)
{
    /// <summary>Variance (squared eye distances) at which the speaker's movements count as much as the prior.</summary>
    private const double Ridge = 2e-4;

    private readonly MouthParameters centre = MouthParameters.Of(mean);
    private readonly double[] moments = new double[9];
    private readonly double[] products = new double[mean.Length * 9];
    private int frames;

    public void Add(ReadOnlySpan<Vector3> canonical)
    {
        frames++;
        var change = MouthParameters.Of(canonical) - centre;
        ReadOnlySpan<float> x = [change.Opening, change.Width, change.Jaw];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                moments[row * 3 + column] += x[row] * x[column];
            }
        }

        for (var i = 0; i < mean.Length; i++)
        {
            var offset = canonical[i] - mean[i];
            for (var k = 0; k < 3; k++)
            {
                products[i * 9 + k * 3] += x[k] * offset.X;
                products[i * 9 + k * 3 + 1] += x[k] * offset.Y;
                products[i * 9 + k * 3 + 2] += x[k] * offset.Z;
            }
        }
    }

    public ShapeBasis Solve()
    {
        var prior = ShapeBasis.Generic(mean);
        var weight = Ridge * Math.Max(frames, 1);
        var inverse = Inverse(weight);
        var basis = new ShapeBasis(new Vector3[mean.Length], new Vector3[mean.Length], new Vector3[mean.Length]);
        Span<double> right = stackalloc double[9];
        Vector3[][] results = [basis.Opening, basis.Width, basis.Jaw];
        Vector3[][] priors = [prior.Opening, prior.Width, prior.Jaw];
        for (var i = 0; i < mean.Length; i++)
        {
            for (var k = 0; k < 3; k++)
            {
                right[k * 3] = products[i * 9 + k * 3] + weight * priors[k][i].X;
                right[k * 3 + 1] = products[i * 9 + k * 3 + 1] + weight * priors[k][i].Y;
                right[k * 3 + 2] = products[i * 9 + k * 3 + 2] + weight * priors[k][i].Z;
            }

            for (var k = 0; k < 3; k++)
            {
                results[k][i] = new Vector3(
                    (float)(inverse[k * 3] * right[0] + inverse[k * 3 + 1] * right[3] + inverse[k * 3 + 2] * right[6]),
                    (float)(inverse[k * 3] * right[1] + inverse[k * 3 + 1] * right[4] + inverse[k * 3 + 2] * right[7]),
                    (float)(inverse[k * 3] * right[2] + inverse[k * 3 + 1] * right[5] + inverse[k * 3 + 2] * right[8]));
            }
        }

        return basis.Symmetric(mean);
    }

    /// <summary>Inverse of moments + weight * identity, which is positive definite.</summary>
    private double[] Inverse(double weight)
    {
        var (a, b, c) = (moments[0] + weight, moments[1], moments[2]);
        var (d, e, f) = (moments[4] + weight, moments[5], moments[8] + weight);
        var determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d);
        return
        [
            (d * f - e * e) / determinant, (c * e - b * f) / determinant, (b * e - c * d) / determinant,
            (c * e - b * f) / determinant, (a * f - c * c) / determinant, (b * c - a * e) / determinant,
            (b * e - c * d) / determinant, (b * c - a * e) / determinant, (a * d - b * b) / determinant,
        ];
    }
}
