using LipSync.Media;
using OpenCvSharp;

namespace LipSync.Faces.Tracking;

/// <summary>
/// Finds hard cuts: the brightness of a small copy of the picture changes by far more than it did lately.
/// Not thread-safe.
/// </summary>
internal sealed class SceneCuts(int fps) : IDisposable
{
    private const int ThumbnailSide = 48;

    /// <summary>Every so many lines are enough for the small copy.</summary>
    private const int LineStep = 4;

    /// <summary>Seconds in which what was usual is forgotten to 1/e.</summary>
    private const double Memory = 0.18;
    private const double MinChange = 18;
    private const double MinRatio = 5;

    private Mat previous = new();
    private Mat current = new();
    private double usualChange;
    private int framesSinceChange;

    /// <summary>True where this frame begins another scene than the frame before it.</summary>
    public bool IsCut(YuvFrame frame)
    {
        (previous, current) = (current, previous);
        Shrink(frame, current);
        if (previous.Empty())
        {
            return false;
        }

        var change = Cv2.Norm(previous, current, NormTypes.L1) / (ThumbnailSide * ThumbnailSide);
        framesSinceChange++;
        if (change == 0)
        {
            // A slow source's picture shown again tells nothing of what is usual.
            return false;
        }

        var cut = change > MinChange && change > MinRatio * usualChange;
        var kept = Math.Exp(-framesSinceChange / (Memory * fps));
        framesSinceChange = 0;
        usualChange = cut ? 0 : (kept * usualChange) + ((1 - kept) * change);
        return cut;
    }

    private static unsafe void Shrink(YuvFrame frame, Mat thumbnail)
    {
        fixed (byte* luma = frame.Y)
        {
            using var picture = Mat.FromPixelData(frame.Height / LineStep, frame.Width, MatType.CV_8UC1, (nint)luma, LineStep * frame.Width);
            Cv2.Resize(picture, thumbnail, new Size(ThumbnailSide, ThumbnailSide), 0, 0, InterpolationFlags.Area);
        }
    }

    public void Dispose()
    {
        previous.Dispose();
        current.Dispose();
    }
}
