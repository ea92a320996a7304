using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Occlusion;

/// <summary>Puts back what lies before the mouth. Not thread-safe.</summary>
internal sealed class CoverKeeper(CoverMasks masks) : IDisposable
{
    /// <summary>Between the middles of a covered and of a free cell the picture is the source's up to here: half way is the covered cell's edge.</summary>
    private const float Full = 0.5f;

    private readonly float[] cells = new float[LowerFace.Cells];
    private readonly Mat grid = new(LowerFace.Rows, LowerFace.Columns, MatType.CV_32FC1);
    private readonly Mat matrix = new(2, 3, MatType.CV_32FC1);
    private readonly Mat kept = new();

    /// <param name="mesh">Of the source frame.</param>
    /// <param name="picture">The source frame.</param>
    /// <param name="region">What the canvas shows of it.</param>
    public void Keep(int sourceFrame, ReadOnlySpan<Vector3> mesh, PlanarImage picture, Rect region, PlanarImage canvas)
    {
        if (!masks.TryRead(sourceFrame, cells))
        {
            return;
        }

        cells.CopyTo(grid.AsSpan<float>());
        var toFace = FacePolygon.AxesOf(mesh);
        Vector2 Place(float column, float row) => LowerFace.PlaceOf(Vector2.Transform(new(region.X + column, region.Y + row), toFace));
        var corner = Place(0, 0);
        var (right, down) = (Place(1, 0) - corner, Place(0, 1) - corner);
        ReadOnlySpan<float> rows = [right.X, down.X, corner.X, right.Y, down.Y, corner.Y];
        rows.CopyTo(matrix.AsSpan<float>());
        Cv2.WarpAffine(grid, kept, matrix, region.Size, InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Replicate);
        foreach (ref var share in kept.AsSpan<float>())
        {
            share = Hermite.SmoothStep(0, Full, share);
        }

        using var source = picture.Part(region);
        source.LayOver(canvas, new Rect(default, region.Size), kept);
    }

    public void Dispose()
    {
        grid.Dispose();
        matrix.Dispose();
        kept.Dispose();
    }
}
