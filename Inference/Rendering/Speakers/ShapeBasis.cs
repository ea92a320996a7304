using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// How each mesh point moves, in eye distances, for one unit of a mouth parameter. In depth too: a jaw that opens swings back, which
/// a nodded head shows as movement up or down.
/// </summary>
internal sealed record ShapeBasis(Vector3[] Opening, Vector3[] Width, Vector3[] Jaw)
{
    public Vector3 Offset(int point, MouthParameters change) =>
        change.Opening * Opening[point] + change.Width * Width[point] + change.Jaw * Jaw[point];

    /// <summary>No point of the lower face lies nearer before the ears than this, in eye distances.</summary>
    private const float LeastReach = 0.3f;

    /// <summary>
    /// A human average, for speakers who don't move their lips: one unit of opening raises the upper lip by 0.08 (half of what
    /// talkers show, whose teeth need not be painted) and lowers the lower one by the rest; of a smile with parted lips the upper one
    /// takes 0.2. One of width takes each corner out by 0.48, in a smile up by 0.5 too, and thins the lips in proportion, one of jaw
    /// lowers the chin by 0.88. What the jaw carries swings back as it goes down, about the ears.
    /// </summary>
    public static ShapeBasis Generic(ReadOnlySpan<Vector3> mean)
    {
        var basis = new ShapeBasis(new Vector3[mean.Length], new Vector3[mean.Length], new Vector3[mean.Length]);
        HashSet<int> upper = [.. FaceLandmarks.InnerUpper, .. FaceLandmarks.OuterUpper];
        HashSet<int> lower = [.. FaceLandmarks.InnerLower, .. FaceLandmarks.OuterLower];
        var mouth = (mean[13] + mean[14]) / 2;
        var hinge = (mean[FaceLandmarks.LeftEar] + mean[FaceLandmarks.RightEar]) / 2;
        var half = (mean[FaceLandmarks.InnerUpper[^1]].X - mean[FaceLandmarks.InnerUpper[0]].X) / 2;

        var thickness = Thickness(mean);

        // Who smiles with parted lips has raised the upper one and the corners already: closing, they come down again.
        var smile = Smile(MouthParameters.Of(mean));
        var raise = float.Lerp(0.08f, 0.2f, smile);
        var cornerDrop = float.Lerp(0.15f, -0.4f, smile);
        for (var i = 0; i < mean.Length; i++)
        {
            var x = mean[i].X - mouth.X;
            var across = Math.Clamp(x / half, -1, 1);
            var arch = MathF.Pow(1 - across * across, 0.8f);
            var side = MovementMask.Side(x);
            var toChin = Math.Clamp((mean[i].Y - mean[17].Y) / (mean[FaceLandmarks.Chin].Y - mean[17].Y), 0, 1);
            var isUpper = upper.Contains(i) || (!lower.Contains(i) && mean[i].Y < mouth.Y);
            var lips = isUpper
                ? -raise * arch + cornerDrop * (1 - arch)
                : float.Lerp(1 - raise, 0.1f, toChin) * float.Lerp(arch, 1, toChin) + cornerDrop * (1 - arch) * (1 - toChin);
            var down = Hermite.SmoothStep(mouth.Y + 0.05f, mean[FaceLandmarks.Chin].Y, mean[i].Y);
            var swing = isUpper ? 0 : (mean[i].Y - hinge.Y) / MathF.Max(LeastReach, hinge.Z - mean[i].Z);
            basis.Opening[i] = Swung(lips * float.Lerp(side, 1, toChin), swing);
            var corner = side * (1 - toChin);
            basis.Width[i] = new Vector3(0.48f * across * corner, thickness.GetValueOrDefault(i) - 0.5f * smile * (1 - arch) * corner, 0);
            basis.Jaw[i] = Swung(0.88f * down * (1 - 0.5f * Hermite.SmoothStep(0.2f, 0.8f, MathF.Abs(x))), swing);
        }

        return basis;
    }

    /// <summary>The jaw turns about the ears: what goes down on it goes back too.</summary>
    private static Vector3 Swung(float down, float swing) => new(0, down, down * swing);

    /// <summary>Pursed lips get thicker by what they get narrower: how far each outer point moves for one unit of width.</summary>
    private static Dictionary<int, float> Thickness(ReadOnlySpan<Vector3> mean)
    {
        var width = MouthParameters.Of(mean).Width;
        var thickness = new Dictionary<int, float>();
        for (var i = 1; i < FaceLandmarks.OuterUpper.Length - 1; i++)
        {
            thickness[FaceLandmarks.OuterUpper[i]] = (mean[FaceLandmarks.InnerUpper[i]].Y - mean[FaceLandmarks.OuterUpper[i]].Y) / width;
            thickness[FaceLandmarks.OuterLower[i]] = (mean[FaceLandmarks.InnerLower[i]].Y - mean[FaceLandmarks.OuterLower[i]].Y) / width;
        }

        return thickness;
    }

    /// <summary>0 … 1: the mean face smiles with parted lips.</summary>
    private static float Smile(MouthParameters mean) => Hermite.SmoothStep(0.55f, 0.66f, mean.Width) * Hermite.SmoothStep(0.04f, 0.08f, mean.Opening);

    /// <summary>The same on both sides of the face.</summary>
    public ShapeBasis Symmetric(ReadOnlySpan<Vector3> mean)
    {
        var mirror = Mirror(mean);
        return new ShapeBasis(Symmetric(Opening, mirror), Symmetric(Width, mirror), Symmetric(Jaw, mirror));
    }

    private static Vector3[] Symmetric(Vector3[] offsets, int[] mirror)
    {
        var symmetric = new Vector3[offsets.Length];
        for (var i = 0; i < offsets.Length; i++)
        {
            var other = offsets[mirror[i]];
            symmetric[i] = new Vector3(offsets[i].X - other.X, offsets[i].Y + other.Y, offsets[i].Z + other.Z) / 2;
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
