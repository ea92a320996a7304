using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>How each mesh point moves, in eye distances, for one unit of a mouth parameter.</summary>
internal sealed record ShapeBasis(Vector2[] Opening, Vector2[] Width, Vector2[] Jaw)
{
    public Vector2 Offset(int point, MouthParameters change) =>
        change.Opening * Opening[point] + change.Width * Width[point] + change.Jaw * Jaw[point];

    /// <summary>
    /// A human average, for speakers who don't move their lips: one unit of opening raises the upper lip by 0.08 (half of what
    /// talkers show, whose teeth need not be painted) and lowers the lower one by 0.92, one of width takes each corner out by 0.48, one of jaw lowers the chin by 0.88.
    /// </summary>
    public static ShapeBasis Generic(ReadOnlySpan<Vector3> mean)
    {
        var basis = new ShapeBasis(new Vector2[mean.Length], new Vector2[mean.Length], new Vector2[mean.Length]);
        HashSet<int> upper = [.. FaceLandmarks.InnerUpper, .. FaceLandmarks.OuterUpper];
        HashSet<int> lower = [.. FaceLandmarks.InnerLower, .. FaceLandmarks.OuterLower];
        var mouth = (mean[13] + mean[14]) / 2;
        var half = (mean[FaceLandmarks.InnerUpper[^1]].X - mean[FaceLandmarks.InnerUpper[0]].X) / 2;
        for (var i = 0; i < mean.Length; i++)
        {
            var x = mean[i].X - mouth.X;
            var across = Math.Clamp(x / half, -1, 1);
            var arch = MathF.Pow(1 - across * across, 0.95f);
            var side = MovementMask.Side(x);
            var toChin = Math.Clamp((mean[i].Y - mean[17].Y) / (mean[FaceLandmarks.Chin].Y - mean[17].Y), 0, 1);
            var isUpper = upper.Contains(i) || (!lower.Contains(i) && mean[i].Y < mouth.Y);
            const float cornerDrop = 0.15f;
            var lips = isUpper
                ? -0.08f * arch + cornerDrop * (1 - arch)
                : float.Lerp(0.92f, 0.1f, toChin) * float.Lerp(arch, 1, toChin) + cornerDrop * (1 - arch) * (1 - toChin);
            var down = Hermite.SmoothStep(mouth.Y + 0.05f, mean[FaceLandmarks.Chin].Y, mean[i].Y);
            basis.Opening[i] = new Vector2(0, lips * float.Lerp(side, 1, toChin));
            basis.Width[i] = new Vector2(0.48f * across * side * (1 - toChin), 0);
            basis.Jaw[i] = new Vector2(0, 0.88f * down * (1 - 0.5f * Hermite.SmoothStep(0.2f, 0.8f, MathF.Abs(x))));
        }

        return basis;
    }

    /// <summary>The same on both sides of the face.</summary>
    public ShapeBasis Symmetric(ReadOnlySpan<Vector3> mean)
    {
        var mirror = Mirror(mean);
        return new ShapeBasis(Symmetric(Opening, mirror), Symmetric(Width, mirror), Symmetric(Jaw, mirror));
    }

    private static Vector2[] Symmetric(Vector2[] offsets, int[] mirror)
    {
        var symmetric = new Vector2[offsets.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            var other = offsets[mirror[i]];
            symmetric[i] = new Vector2(offsets[i].X - other.X, offsets[i].Y + other.Y) / 2;
        }

        return symmetric;
    }

    /// <summary>For every point the one nearest to its mirror image.</summary>
    private static int[] Mirror(ReadOnlySpan<Vector3> mean)
    {
        var mirror = new int[mean.Length];
        for (var i = 0; i < mirror.Length; i++)
        {
            var image = new Vector3(2 * mean[FaceLandmarks.NoseBase].X - mean[i].X, mean[i].Y, mean[i].Z);
            var nearest = float.MaxValue;
            for (var j = 0; j < mean.Length; j++)
            {
                var distance = Vector3.DistanceSquared(image, mean[j]);
                if (distance < nearest)
                {
                    (nearest, mirror[i]) = (distance, j);
                }
            }
        }

        return mirror;
    }
}
