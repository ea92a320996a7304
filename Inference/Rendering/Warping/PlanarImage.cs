using System.Buffers;
using LipSync.Media;
using OpenCvSharp;

namespace LipSync.Rendering.Warping;

/// <summary>The three planes of a yuv420p picture as matrices.</summary>
internal sealed class PlanarImage : IDisposable
{
    private MemoryHandle pin;

    /// <summary>An empty picture whose planes are made by what is drawn into it.</summary>
    public PlanarImage()
        : this(new Mat(), new Mat(), new Mat())
    {
    }

    private PlanarImage(Mat y, Mat u, Mat v) => (Y, U, V) = (y, u, v);

    public Mat Y { get; }

    public Mat U { get; }

    public Mat V { get; }

    /// <summary>Gives the planes of a picture of even sides their sizes.</summary>
    public void Create(int width, int height)
    {
        Y.Create(height, width, MatType.CV_8UC1);
        U.Create(height / 2, width / 2, MatType.CV_8UC1);
        V.Create(height / 2, width / 2, MatType.CV_8UC1);
    }

    /// <summary>Looks into the frame's own bytes, which stay pinned until this is disposed.</summary>
    public static PlanarImage Of(YuvFrame frame) => Of(frame.Bytes, frame.Width, frame.Height);

    /// <summary>Looks into the bytes of a tightly packed yuv420p picture.</summary>
    public static unsafe PlanarImage Of(Memory<byte> bytes, int width, int height)
    {
        var handle = bytes.Pin();
        var start = (nint)handle.Pointer;
        return new PlanarImage(
            Mat.FromPixelData(height, width, MatType.CV_8UC1, start),
            Mat.FromPixelData(height / 2, width / 2, MatType.CV_8UC1, start + width * height),
            Mat.FromPixelData(height / 2, width / 2, MatType.CV_8UC1, start + width * height * 5 / 4))
        { pin = handle };
    }

    /// <summary>Looks into an even region of this picture, which must live longer.</summary>
    public PlanarImage Part(Rect region) => new(Y.SubMat(region), U.SubMat(Halve(region)), V.SubMat(Halve(region)));

    /// <summary>Draws <paramref name="source"/> as the map says; the planes take the map's size.</summary>
    public void Warp(PlanarImage source, WarpMap map)
    {
        Cv2.Remap(source.Y, Y, map.X, map.Y, InterpolationFlags.Cubic, BorderTypes.Replicate);
        Cv2.Remap(source.U, U, map.ChromaX, map.ChromaY, InterpolationFlags.Linear, BorderTypes.Replicate);
        Cv2.Remap(source.V, V, map.ChromaX, map.ChromaY, InterpolationFlags.Linear, BorderTypes.Replicate);
    }

    /// <summary>Lays this picture over a place of another.</summary>
    /// <param name="alpha">0 … 1 for each pixel of this picture.</param>
    public void LayOver(PlanarImage target, Rect place, Mat alpha)
    {
        var half = Halve(place);
        using var chromaAlpha = new Mat();
        Cv2.Resize(alpha, chromaAlpha, half.Size, 0, 0, InterpolationFlags.Area);
        LayPlane(Y, target.Y, place, alpha);
        LayPlane(U, target.U, half, chromaAlpha);
        LayPlane(V, target.V, half, chromaAlpha);
    }

    /// <summary>Copies this picture into <paramref name="target"/> with its upper left corner at the region's.</summary>
    public void CopyTo(PlanarImage target, Rect region)
    {
        CopyPlane(Y, target.Y, region);
        CopyPlane(U, target.U, Halve(region));
        CopyPlane(V, target.V, Halve(region));
    }

    /// <summary>The region's pixels as packed yuv420p.</summary>
    public byte[] Pack(Rect region)
    {
        var bytes = new byte[YuvFrame.ByteCount(region.Width, region.Height)];
        using var packed = Of(bytes, region.Width, region.Height);
        CutPlane(Y, packed.Y, region);
        CutPlane(U, packed.U, Halve(region));
        CutPlane(V, packed.V, Halve(region));
        return bytes;
    }

    /// <summary>The region as chroma counts it.</summary>
    public static Rect Halve(Rect region) => new(region.X / 2, region.Y / 2, region.Width / 2, region.Height / 2);

    public void Dispose()
    {
        Y.Dispose();
        U.Dispose();
        V.Dispose();
        pin.Dispose();
    }

    private static void LayPlane(Mat layer, Mat target, Rect place, Mat alpha)
    {
        for (var y = 0; y < place.Height; y++)
        {
            var below = target.Row<byte>(place.Y + y).Slice(place.X, place.Width);
            var above = layer.Row<byte>(y);
            var share = alpha.Row<float>(y);
            for (var x = 0; x < below.Length; x++)
            {
                below[x] = (byte)(float.Lerp(below[x], above[x], share[x]) + 0.5f);
            }
        }
    }

    private static void CutPlane(Mat source, Mat target, Rect region)
    {
        using var part = source.SubMat(region);
        part.CopyTo(target);
    }

    private static void CopyPlane(Mat source, Mat target, Rect region)
    {
        using var part = target.SubMat(region);
        source.CopyTo(part);
    }
}
