using System.Numerics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Compositing;

/// <summary>
/// Fills the target's lip opening: with the frame's own unmoved teeth where its mouth shows them (they are fixed to the skull),
/// with a painted inner mouth elsewhere.
/// </summary>
internal sealed class InnerMouthPainter : IDisposable
{
    /// <summary>From this opening on a source mouth shows its inside.</summary>
    private const float Shows = 0.05f;

    private readonly Mat opening = new();
    private readonly Mat own = new();
    private readonly Mat chromaOpening = new();
    private readonly Mat chromaOwn = new();

    /// <param name="target">The base; its upper left corner is that of <paramref name="within"/>.</param>
    /// <param name="source">The untouched frame.</param>
    /// <param name="strength">How much of the paint shows, 0 … 1.</param>
    /// <param name="ownVertices">Mesh points as the frame shows them.</param>
    /// <param name="vertices">Mesh points of the target.</param>
    /// <param name="ownOpening">The frame's own opening, canonical.</param>
    public void Paint(
        PlanarImage target,
        PlanarImage source,
        Rect within,
        HeadPose pose,
        InnerMouth inner,
        float strength,
        ReadOnlySpan<Vector2> shape,
        ReadOnlySpan<Vector2> ownVertices,
        ReadOnlySpan<Vector2> vertices,
        float ownOpening)
    {
        var region = LipOpening.Region(vertices, pose.Scale, within);
        LipOpening.Fill(region, vertices, pose.Scale, opening);
        opening.ConvertTo(opening, opening.Type(), strength);
        var toFace = new PictureToFace(pose, shape[13], vertices[13]);
        LipOpening.Fill(region, ownVertices, pose.Scale, own);
        if (ownOpening < Shows)
        {
            own.SetTo(Scalar.All(0));
            Thin(region, inner, toFace);
        }

        var half = PlanarImage.Halve(region);
        Cv2.Resize(opening, chromaOpening, half.Size, 0, 0, InterpolationFlags.Area);
        Cv2.Resize(own, chromaOwn, half.Size, 0, 0, InterpolationFlags.Area);
        PaintPlane(target.Y, source.Y, region, within, opening, own, position => inner.At(toFace.At(position)).Y);
        PaintPlane(target.U, source.U, half, PlanarImage.Halve(within), chromaOpening, chromaOwn, position => inner.At(toFace.At(2 * position + new Vector2(0.5f))).U);
        PaintPlane(target.V, source.V, half, PlanarImage.Halve(within), chromaOpening, chromaOwn, position => inner.At(toFace.At(2 * position + new Vector2(0.5f))).V);
    }

    public void Dispose()
    {
        opening.Dispose();
        own.Dispose();
        chromaOpening.Dispose();
        chromaOwn.Dispose();
    }

    /// <summary>Takes the paint off where the lips hardly part.</summary>
    private void Thin(Rect region, InnerMouth inner, PictureToFace toFace)
    {
        for (var y = 0; y < region.Height; y++)
        {
            var row = opening.Row<float>(y);
            for (var x = 0; x < row.Length; x++)
            {
                row[x] *= row[x] > 0 ? inner.CoverAt(toFace.At(new Vector2(region.X + x, region.Y + y)).X) : 1;
            }
        }
    }

    private static void PaintPlane(Mat target, Mat source, Rect region, Rect within, Mat opening, Mat own, Func<Vector2, float> paint)
    {
        for (var y = 0; y < region.Height; y++)
        {
            var inside = opening.Row<float>(y);
            var shown = own.Row<float>(y);
            var pixels = target.Row<byte>(region.Y - within.Y + y).Slice(region.X - within.X, region.Width);
            var original = source.Row<byte>(region.Y + y).Slice(region.X, region.Width);
            for (var x = 0; x < pixels.Length; x++)
            {
                if (inside[x] > 0)
                {
                    var fill = float.Lerp(paint(new Vector2(region.X + x, region.Y + y)), original[x], shown[x]);
                    pixels[x] = (byte)Math.Clamp(float.Lerp(pixels[x], fill, inside[x]) + 0.5f, 0, 255);
                }
            }
        }
    }
}
