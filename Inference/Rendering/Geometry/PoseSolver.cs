using System.Numerics;

namespace LipSync.Rendering.Geometry;

/// <summary>
/// The similarity that carries one point set onto another with the least squared error: Horn's quaternion method
/// (J. Opt. Soc. Am. A 4, 1987) with Umeyama's scale.
/// </summary>
internal static class PoseSolver
{
    private const int JacobiSweeps = 12;

    /// <param name="model">Canonical points.</param>
    /// <param name="seen">The same points in the picture.</param>
    /// <param name="points">Which of them count.</param>
    public static HeadPose Solve(ReadOnlySpan<Vector3> model, ReadOnlySpan<Vector3> seen, ReadOnlySpan<int> points)
    {
        var (modelCentre, seenCentre) = (Vector3.Zero, Vector3.Zero);
        foreach (var point in points)
        {
            modelCentre += model[point];
            seenCentre += seen[point];
        }

        modelCentre /= points.Length;
        seenCentre /= points.Length;

        Span<double> s = stackalloc double[9];
        var modelSpread = 0.0;
        foreach (var point in points)
        {
            var (a, b) = (model[point] - modelCentre, seen[point] - seenCentre);
            modelSpread += a.LengthSquared();
            for (var row = 0; row < 3; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    s[row * 3 + column] += a[row] * b[column];
                }
            }
        }

        var rotation = Matrix4x4.CreateFromQuaternion(LargestEigenvector(
        [
            s[0] + s[4] + s[8], s[5] - s[7], s[6] - s[2], s[1] - s[3],
            s[5] - s[7], s[0] - s[4] - s[8], s[1] + s[3], s[6] + s[2],
            s[6] - s[2], s[1] + s[3], s[4] - s[0] - s[8], s[5] + s[7],
            s[1] - s[3], s[6] + s[2], s[5] + s[7], s[8] - s[0] - s[4],
        ]));
        var (x, y, z) = (
            new Vector3(rotation.M11, rotation.M12, rotation.M13),
            new Vector3(rotation.M21, rotation.M22, rotation.M23),
            new Vector3(rotation.M31, rotation.M32, rotation.M33));

        var along = 0.0;
        foreach (var point in points)
        {
            var a = model[point] - modelCentre;
            along += Vector3.Dot(seen[point] - seenCentre, a.X * x + a.Y * y + a.Z * z);
        }

        var scale = (float)(along / modelSpread);
        var pose = new HeadPose(Vector3.Zero, scale * x, scale * y, scale * z);
        return pose with { Origin = seenCentre - pose.ToPicture(modelCentre) };
    }

    /// <summary>Cyclic Jacobi on a symmetric 4x4 matrix; rows and columns are w, x, y, z.</summary>
    private static Quaternion LargestEigenvector(Span<double> a)
    {
        Span<double> v = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
        for (var sweep = 0; sweep < JacobiSweeps; sweep++)
        {
            for (var p = 0; p < 3; p++)
            {
                for (var q = p + 1; q < 4; q++)
                {
                    Rotate(a, v, p, q);
                }
            }
        }

        var best = 0;
        for (var i = 1; i < 4; i++)
        {
            best = a[i * 5] > a[best * 5] ? i : best;
        }

        return Quaternion.Normalize(new Quaternion((float)v[4 + best], (float)v[8 + best], (float)v[12 + best], (float)v[best]));
    }

    private static void Rotate(Span<double> a, Span<double> v, int p, int q)
    {
        if (a[p * 4 + q] == 0)
        {
            return;
        }

        var theta = (a[q * 5] - a[p * 5]) / (2 * a[p * 4 + q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var c = 1 / Math.Sqrt(t * t + 1);
        var s = t * c;
        for (var k = 0; k < 4; k++)
        {
            (a[k * 4 + p], a[k * 4 + q]) = (c * a[k * 4 + p] - s * a[k * 4 + q], s * a[k * 4 + p] + c * a[k * 4 + q]);
        }

        for (var k = 0; k < 4; k++)
        {
            (a[p * 4 + k], a[q * 4 + k]) = (c * a[p * 4 + k] - s * a[q * 4 + k], s * a[p * 4 + k] + c * a[q * 4 + k]);
            (v[k * 4 + p], v[k * 4 + q]) = (c * v[k * 4 + p] - s * v[k * 4 + q], s * v[k * 4 + p] + c * v[k * 4 + q]);
        }
    }
}
