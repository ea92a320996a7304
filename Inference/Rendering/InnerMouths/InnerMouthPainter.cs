using System.Numerics;
using LipSync.Rendering.Compositing;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.InnerMouths;

/// <summary>
/// Fills the target's lip opening: with the frame's own unmoved teeth where its mouth shows them (they are fixed to the skull),
/// with a painted inner mouth elsewhere. Makes a layer with its own transparency, in the place of the untouched head.
/// </summary>
internal sealed class InnerMouthPainter : IDisposable
{
    /// <summary>The wet inner edge of the lips: its width in eye distances and how dark it is.</summary>
    private const float RimWidth = 0.016f;
    private const float RimStrength = 0.5f;

    /// <summary>How dark the frame's own teeth get under the lip: the picture holds most of its shadow already.</summary>
    private const float OwnShade = 0.85f;

    /// <summary>By so much a gap with the lower lip at the teeth shows like a wider one.</summary>
    private const float TuckedGap = 0.025f;

    /// <summary>How much brighter than the lips' edge in its shadow the lower lip's inside is, which faces upwards.</summary>
    private const float BehindLowerLip = 1.4f;

    /// <summary>A blur under this changes nothing, in pixels.</summary>
    private const float LeastBlur = 0.3f;

    private readonly Mat opening = new();
    private readonly Mat rim = new();
    private readonly Mat paints = new();

    /// <summary>What was painted, of the size of the region it answered.</summary>
    public PlanarImage Layer { get; } = new();

    /// <summary>0 … 1 for each pixel of the layer.</summary>
    public Mat Alpha => opening;

    /// <summary>Paints the layer and answers where it lies.</summary>
    /// <param name="source">The untouched frame.</param>
    /// <param name="vertices">Mesh points of the target.</param>
    /// <param name="own">What the frame's own mouth shows of its inside.</param>
    /// <param name="strength">How much of the paint shows, 0 … 1.</param>
    /// <param name="seed">Of the grain.</param>
    public Rect Paint(
        PlanarImage source,
        Rect within,
        HeadPose pose,
        PictureToFace toFace,
        InnerMouth inner,
        ReadOnlySpan<Vector2> vertices,
        OwnTeeth own,
        float strength,
        int seed)
    {
        var region = LipOpening.Region(vertices, pose.Scale, within);
        LipOpening.Fill(region, vertices, pose.Scale, inner.Blur, opening);
        opening.ConvertTo(opening, opening.Type(), strength);
        Cv2.GaussianBlur(opening, rim, default, MathF.Max(0.6f, RimWidth * pose.Scale));
        Imagine(region, toFace, inner, own);
        Draw(source, region, pose, toFace, inner, own, strength, seed);
        return region;
    }

    public void Dispose()
    {
        opening.Dispose();
        rim.Dispose();
        paints.Dispose();
        Layer.Dispose();
    }

    /// <summary>Paints what the source doesn't show, then looks at it through the picture's own blur.</summary>
    private void Imagine(Rect region, PictureToFace toFace, InnerMouth inner, OwnTeeth own)
    {
        paints.Create(region.Height, region.Width, MatType.CV_32FC3);
        for (var y = 0; y < region.Height; y++)
        {
            var row = paints.Row<Vector3>(y);
            var alpha = opening.Row<float>(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (alpha[x] <= 0)
                {
                    row[x] = inner.Wet;
                    continue;
                }

                // Close under the teeth it is the lower lip's wet inside that is seen, not the dark.
                var point = toFace.At(new Vector2(region.X + x, region.Y + y));
                row[x] = Vector3.Lerp(inner.At(point), BehindLowerLip * inner.Wet, own.Shown * inner.UnderTeethAt(point.X, own.EdgeAt(point.X)));
            }
        }

        if (inner.Blur > LeastBlur)
        {
            Cv2.GaussianBlur(paints, paints, default, inner.Blur);
        }
    }

    private void Draw(PlanarImage source, Rect region, HeadPose pose, PictureToFace toFace, InnerMouth inner, OwnTeeth own, float strength, int seed)
    {
        Layer.Create(region.Width, region.Height);
        var rimStrength = RimStrength * (1 - 0.6f * own.Shown);

        // Where nothing is painted the layer has the colour of its edge: it is read between its pixels.
        var wet = YuvColour.FromRgb(inner.Wet);
        var unpainted = 1e-4f * new Vector3(wet.U, wet.V, 1);
        var chroma = new Vector3[region.Width / 2];
        Array.Fill(chroma, unpainted);
        for (var y = 0; y < region.Height; y++)
        {
            var luma = Layer.Y.Row<byte>(y);
            var alpha = opening.Row<float>(y);
            var rims = rim.Row<float>(y);
            var imagined = paints.Row<Vector3>(y);
            var original = source.Y.Row<byte>(region.Y + y).Slice(region.X, region.Width);
            for (var x = 0; x < luma.Length; x++)
            {
                var point = toFace.At(new Vector2(region.X + x, region.Y + y));
                var gap = inner.GapAt(point.X);
                var cover = own.CoverAt(point.X, gap);
                var seam = own.Shown * strength * inner.SeamAt(point, 1 / pose.Scale);
                var (inside, edge) = (MathF.Max(alpha[x] * cover, seam), rimStrength * cover * rims[x] * (1 - MathF.Max(alpha[x], seam)));
                alpha[x] = inside + edge;
                if (alpha[x] <= 0)
                {
                    luma[x] = original[x];
                    continue;
                }

                var paint = imagined[x];
                if (own.PresenceAt(point, gap + TuckedGap * inner.Tuck) is > 0 and var kept)
                {
                    var place = new Vector2(region.X + x, region.Y + y) + pose.Displacement(own.SourceOf(point) - point);
                    paint = Vector3.Lerp(paint, OwnTeeth.ColourAt(source, place) * InnerMouth.Warm(inner.ShadeAt(point, OwnShade)), kept);
                }

                var colour = YuvColour.FromRgb(Vector3.Lerp(inner.Wet, paint, inside / alpha[x]));
                luma[x] = Rounded(colour.Y + inner.Grain * Noise(region.X + x, region.Y + y, seed));
                chroma[x / 2] += alpha[x] * new Vector3(colour.U, colour.V, 1);
            }

            if (y % 2 == 1)
            {
                var u = Layer.U.Row<byte>(y / 2);
                var v = Layer.V.Row<byte>(y / 2);
                for (var x = 0; x < chroma.Length; x++)
                {
                    (u[x], v[x]) = (Rounded(chroma[x].X / chroma[x].Z), Rounded(chroma[x].Y / chroma[x].Z));
                }

                Array.Fill(chroma, unpainted);
            }
        }
    }

    private static byte Rounded(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);

    /// <summary>Nearly normal noise of variance 1, the same for the same pixel and seed.</summary>
    private static float Noise(int x, int y, int seed)
    {
        var hash = (uint)(x * 374761393 + y * 668265263 + seed * 974634541);
        hash = (hash ^ (hash >> 13)) * 1274126177;
        hash ^= hash >> 16;
        return ((int)((hash & 0xFF) + ((hash >> 8) & 0xFF) + ((hash >> 16) & 0xFF) + (hash >> 24)) - 510) / 148f;
    }
}
