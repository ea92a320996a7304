using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Exemplars;

/// <summary>How a mouth looks, whatever the head does: 20 x 20 brightness values over the mouth, and the sharpness of the picture.</summary>
/// <param name="Values">0 … 1, rows from the top.</param>
/// <param name="LogSharpness">Natural logarithm of the Laplacian's variance.</param>
internal sealed record Appearance(float[] Values, float LogSharpness)
{
    public const int Side = 20;

    private const int Oversampling = 4;

    /// <summary>Root mean square difference.</summary>
    public float DistanceTo(Appearance other)
    {
        var sum = 0f;
        for (var i = 0; i < Values.Length; i++)
        {
            var difference = Values[i] - other.Values[i];
            sum += difference * difference;
        }

        return MathF.Sqrt(sum / Values.Length);
    }

    /// <param name="luma">The picture.</param>
    /// <param name="patch">From patch coordinates, 0 … 1 on both axes, to the picture: origin, x axis, y axis.</param>
    public static Appearance Of(Mat luma, (Point2f Origin, Point2f AxisX, Point2f AxisY) patch)
    {
        const int fine = Side * Oversampling;
        using var matrix = new Mat(2, 3, MatType.CV_32FC1);
        var (origin, x, y) = patch;
        float[] rows = [x.X / fine, y.X / fine, origin.X, x.Y / fine, y.Y / fine, origin.Y];
        rows.AsSpan(0, 3).CopyTo(matrix.Row<float>(0));
        rows.AsSpan(3, 3).CopyTo(matrix.Row<float>(1));

        using var large = new Mat();
        Cv2.WarpAffine(luma, large, matrix, new Size(fine, fine), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Replicate);
        using var edges = new Mat();
        Cv2.Laplacian(large, edges, MatType.CV_32FC1);
        Cv2.MeanStdDev(edges, out _, out var deviation);

        using var small = new Mat();
        Cv2.Resize(large, small, new Size(Side, Side), 0, 0, InterpolationFlags.Area);
        var values = new float[Side * Side];
        for (var row = 0; row < Side; row++)
        {
            var bytes = small.Row<byte>(row);
            for (var column = 0; column < Side; column++)
            {
                values[row * Side + column] = bytes[column] / 255f;
            }
        }

        return new Appearance(values, (float)Math.Log(deviation.Val0 * deviation.Val0 + 1));
    }
}
