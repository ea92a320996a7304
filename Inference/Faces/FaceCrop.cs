using LipSync.Media;
using OpenCvSharp;

namespace LipSync.Faces;

/// <summary>
/// Cuts a rotated square out of a frame and turns it into planar RGB for a network. Only the cut is converted, never the frame.
/// Not thread-safe.
/// </summary>
/// <param name="side">Pixels of the result's side.</param>
internal sealed class FaceCrop(int side) : IDisposable
{
    private readonly Mat luma = new();
    private readonly Mat blue = new();
    private readonly Mat red = new();
    private readonly Mat reduced = new();
    private readonly float[] rgb = new float[3 * side * side];

    /// <summary>Three planes R, G, B of side × side, 0 … 1; black outside the picture. Valid until the next cut.</summary>
    public ReadOnlySpan<float> Cut(YuvFrame frame, FaceBox box)
    {
        Sample(frame.Y, frame.Width, frame.Height, box, 16, luma);
        // Chroma has half the resolution; pixel centres sit at integers, so coordinates shift by a quarter.
        var half = new FaceBox((box.X - 0.5f) / 2, (box.Y - 0.5f) / 2, box.Size / 2, box.Angle);
        Sample(frame.U, frame.Width / 2, frame.Height / 2, half, 128, blue);
        Sample(frame.V, frame.Width / 2, frame.Height / 2, half, 128, red);
        ToRgb(luma.AsSpan<byte>(), blue.AsSpan<byte>(), red.AsSpan<byte>(), rgb);
        return rgb;
    }

    /// <summary>The same as a picture to look at: 8 bits, blue first. The caller disposes it.</summary>
    public unsafe Mat CutPicture(YuvFrame frame, FaceBox box)
    {
        var planes = Cut(frame, box);
        var picture = new Mat(side, side, MatType.CV_8UC3);
        var pixels = new Span<byte>(picture.DataPointer, 3 * side * side);
        for (var i = 0; i < side * side; i++)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                pixels[(3 * i) + channel] = (byte)MathF.Round(255 * planes[((2 - channel) * side * side) + i]);
            }
        }

        return picture;
    }

    private unsafe void Sample(Span<byte> plane, int width, int height, FaceBox box, byte outside, Mat cut)
    {
        fixed (byte* pixels = plane)
        {
            using var source = Mat.FromPixelData(height, width, MatType.CV_8UC1, (nint)pixels);
            var shrink = (int)(box.Size / side);
            if (shrink < 2)
            {
                Warp(source, box, outside, cut);
                return;
            }

            // Bilinear sampling would skip pixels: average them over whole blocks first.
            var reach = (box.Size / 2 * (MathF.Abs(MathF.Cos(box.Angle)) + MathF.Abs(MathF.Sin(box.Angle)))) + shrink;
            var left = Math.Max(0, (int)(box.X - reach));
            var top = Math.Max(0, (int)(box.Y - reach));
            var columns = (Math.Min(width, (int)(box.X + reach) + 1) - left) / shrink;
            var rows = (Math.Min(height, (int)(box.Y + reach) + 1) - top) / shrink;
            if (columns <= 0 || rows <= 0)
            {
                cut.Create(side, side, MatType.CV_8UC1);
                cut.SetTo(new Scalar(outside));
                return;
            }

            using var region = new Mat(source, new Rect(left, top, columns * shrink, rows * shrink));
            Cv2.Resize(region, reduced, new Size(columns, rows), 0, 0, InterpolationFlags.Area);
            var centre = (shrink - 1) / 2f;
            Warp(reduced, new((box.X - left - centre) / shrink, (box.Y - top - centre) / shrink, box.Size / shrink, box.Angle), outside, cut);
        }
    }

    private void Warp(Mat source, FaceBox box, byte outside, Mat cut)
    {
        var (sin, cos) = MathF.SinCos(box.Angle);
        var scale = box.Size / side;
        var middle = (side - 1) / 2f;
        var (a, b) = (cos * scale, sin * scale);
        using var toSource = Mat.FromPixelData(2, 3, MatType.CV_64FC1, new double[,]
        {
            { a, -b, box.X - (a * middle) + (b * middle) },
            { b, a, box.Y - (b * middle) - (a * middle) },
        });
        Cv2.WarpAffine(
            source, cut, toSource, new Size(side, side), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Constant, new Scalar(outside));
    }

    /// <summary>BT.709 limited range to RGB (ITU-R BT.709-6, 8 bits).</summary>
    private static void ToRgb(ReadOnlySpan<byte> y, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, Span<float> rgb)
    {
        var count = y.Length;
        var r = rgb[..count];
        var g = rgb.Slice(count, count);
        var b = rgb.Slice(2 * count, count);
        for (var i = 0; i < count; i++)
        {
            var grey = (y[i] - 16) * (1 / 219f);
            var blueness = (u[i] - 128) * (1 / 224f);
            var redness = (v[i] - 128) * (1 / 224f);
            r[i] = Math.Clamp(grey + (1.5748f * redness), 0, 1);
            g[i] = Math.Clamp(grey - (0.1873f * blueness) - (0.4681f * redness), 0, 1);
            b[i] = Math.Clamp(grey + (1.8556f * blueness), 0, 1);
        }
    }

    public void Dispose()
    {
        luma.Dispose();
        blue.Dispose();
        red.Dispose();
        reduced.Dispose();
    }
}
