using System.Numerics;
using LipSync.Media;
using OpenCvSharp;

namespace LipSync.Faces.Tracking;

/// <summary>
/// A face as a small upright picture from the forehead to under the chin, always in the same place whatever the head does: the
/// upper face alone says where. From it people are told apart, and what comes before a face. Not thread-safe.
/// </summary>
internal sealed class FaceThumbnail : IDisposable
{
    public const int Width = 20;
    public const int Height = 24;

    /// <summary>Bytes of a thumbnail: a packed yuv420p picture.</summary>
    public const int Bytes = Width * Height * 3 / 2;

    /// <summary>Distances between the outer eye corners from the middle to the sides.</summary>
    public const float Side = 0.75f;

    /// <summary>The same from the eyes up and down.</summary>
    public const float Up = 0.6f;
    public const float Down = 1.2f;

    private const int Oversampling = 4;

    private readonly Mat large = new();
    private readonly Mat matrix = new(2, 3, MatType.CV_32FC1);

    /// <summary>The thumbnail's column and row, at the resolution of luma, of a place given in eye distances from the eyes' middle.</summary>
    public static (int Column, int Row) CellAt(float x, float y) =>
        ((int)((x + Side) / (2 * Side) * Width), (int)((y + Up) / (Up + Down) * Height));

    /// <summary>Fills the thumbnail of the face with this mesh; beyond the picture's border its edge goes on.</summary>
    public void Cut(YuvFrame frame, ReadOnlySpan<Vector3> mesh, Span<byte> thumbnail)
    {
        var (origin, x, y) = Axes(mesh);
        var corner = origin - (Side * x) - (Up * y);
        var (width, height) = (2 * Side * x, (Up + Down) * y);
        using var memory = frame.Bytes.Pin();
        var (luma, chroma) = (Width * Height, Width * Height / 4);
        CutPlane(memory, 0, frame.Width, frame.Height, corner, width, height, Width, Height, thumbnail[..luma]);
        CutPlane(
            memory, frame.Width * frame.Height, frame.Width / 2, frame.Height / 2, corner / 2, width / 2, height / 2, Width / 2, Height / 2, thumbnail.Slice(luma, chroma));
        CutPlane(
            memory, frame.Width * frame.Height * 5 / 4, frame.Width / 2, frame.Height / 2, corner / 2, width / 2, height / 2, Width / 2, Height / 2, thumbnail[(luma + chroma)..]);
    }

    public void Dispose()
    {
        large.Dispose();
        matrix.Dispose();
    }

    /// <summary>The eyes' middle and the steps of one eye distance along the face, in pixels.</summary>
    public static (Vector2 Origin, Vector2 X, Vector2 Y) Axes(ReadOnlySpan<Vector3> mesh)
    {
        var across = mesh[263] - mesh[33];
        var eyes = across.Length();
        var x = across / eyes;
        var down = mesh[2] - mesh[9];
        down = Vector3.Normalize(down - (Vector3.Dot(down, x) * x));
        return (((mesh[33] + mesh[263]) / 2).AsVector2(), across.AsVector2(), eyes * down.AsVector2());
    }

    private unsafe void CutPlane(
        System.Buffers.MemoryHandle memory, int offset, int planeWidth, int planeHeight, Vector2 corner, Vector2 x, Vector2 y, int columns, int rows, Span<byte> thumbnail)
    {
        using var plane = Mat.FromPixelData(planeHeight, planeWidth, MatType.CV_8UC1, (nint)memory.Pointer + offset);
        var (fineColumns, fineRows) = (columns * Oversampling, rows * Oversampling);
        float[] affine = [x.X / fineColumns, y.X / fineRows, corner.X, x.Y / fineColumns, y.Y / fineRows, corner.Y];
        affine.CopyTo(matrix.AsSpan<float>());
        Cv2.WarpAffine(
            plane, large, matrix, new Size(fineColumns, fineRows), InterpolationFlags.Linear | InterpolationFlags.WarpInverseMap, BorderTypes.Replicate);
        fixed (byte* bytes = thumbnail)
        {
            using var small = Mat.FromPixelData(rows, columns, MatType.CV_8UC1, (nint)bytes);
            Cv2.Resize(large, small, small.Size(), 0, 0, InterpolationFlags.Area);
        }
    }
}
