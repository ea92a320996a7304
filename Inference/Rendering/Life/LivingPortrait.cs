using System.Numerics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Life;

/// <summary>
/// Draws a portrait with moved head, brows and lids. Every pixel of skin is fetched once: through the head's movement, then through the
/// mouth's, so that nothing is softened twice.
/// </summary>
internal sealed class LivingPortrait : IDisposable
{
    private readonly HeadField movement;
    private readonly Eyelid[] lids;
    private readonly WarpMap head = new();
    private readonly WarpMap whole = new();
    private readonly WarpMap part = new();
    private readonly PlanarImage layer = new();
    private readonly Mat alpha = new();

    /// <param name="mesh">The portrait's, in pixels.</param>
    /// <param name="canonical">The same in canonical coordinates.</param>
    public LivingPortrait(ReadOnlySpan<Vector3> mesh, ReadOnlySpan<Vector3> canonical, HeadPose pose, int width, int height)
    {
        movement = new HeadField(canonical, pose, width, height);
        lids =
        [
            new(mesh, FaceLandmarks.LeftEyeUpper, FaceLandmarks.LeftEyeLower, FaceLandmarks.LeftBrowLower, pose.Scale),
            new(mesh, FaceLandmarks.RightEyeUpper, FaceLandmarks.RightEyeLower, FaceLandmarks.RightBrowLower, pose.Scale),
        ];
    }

    /// <summary>What is drawn: pixels outside never move.</summary>
    public Rect Area => movement.Area;

    /// <summary>Draws the moved area of the picture; the canvas gets its size.</summary>
    /// <param name="mouth">The mouth's movement in the still head.</param>
    /// <param name="region">Where it lies.</param>
    public void Draw(PlanarImage picture, WarpMap mouth, Rect region, LifePose life, PlanarImage canvas)
    {
        movement.Move(life);
        head.Begin(Area);
        for (var y = 0; y < Area.Height; y++)
        {
            movement.Row(Area.Y + y, head.X.Row<float>(y), head.Y.Row<float>(y));
        }

        Follow(mouth, region, life.Gaze);
        canvas.Warp(picture, whole);
        foreach (var lid in life.Blink > 0 ? lids : [])
        {
            DrawLid(picture, lid, life.Blink, canvas);
        }
    }

    /// <summary>Lays what was painted into the still head over the moved one.</summary>
    public void LayOver(PlanarImage painted, Mat paintedAlpha, Rect region, PlanarImage canvas)
    {
        var moved = Grown(region);
        part.Begin(moved);
        for (var y = 0; y < moved.Height; y++)
        {
            Shift(Part(head.X, moved, moved.Y + y), region.X, part.X.Row<float>(y));
            Shift(Part(head.Y, moved, moved.Y + y), region.Y, part.Y.Row<float>(y));
        }

        part.Finish(moved);
        layer.Warp(painted, part);
        Cv2.Remap(paintedAlpha, alpha, part.X, part.Y, InterpolationFlags.Linear, BorderTypes.Constant, Scalar.All(0));
        layer.LayOver(canvas, OnCanvas(moved), alpha);
    }

    public void Dispose()
    {
        head.Dispose();
        whole.Dispose();
        part.Dispose();
        layer.Dispose();
        alpha.Dispose();
    }

    /// <summary>Where every pixel comes from: first through the head's movement, then through the mouth's and the eyes'.</summary>
    private void Follow(WarpMap mouth, Rect region, float gaze)
    {
        whole.Begin(Area);
        head.X.CopyTo(whole.X);
        head.Y.CopyTo(whole.Y);
        var mouthX = new Planes(mouth.X, region);
        var mouthY = new Planes(mouth.Y, region);
        var moved = Grown(region);
        for (var y = moved.Top; y < moved.Bottom; y++)
        {
            var xs = Part(whole.X, moved, y);
            var ys = Part(whole.Y, moved, y);
            for (var x = 0; x < xs.Length; x++)
            {
                var place = new Vector2(xs[x], ys[x]);
                if (place.X >= region.Left && place.Y >= region.Top && place.X < region.Right - 1 && place.Y < region.Bottom - 1)
                {
                    (xs[x], ys[x]) = (mouthX.At(place), mouthY.At(place));
                }
            }
        }

        foreach (var lid in lids)
        {
            Look(lid, gaze);
        }

        whole.Finish(Area);
    }

    private void Look(Eyelid lid, float gaze)
    {
        var region = lid.Region(movement.Furthest() + 2, Area);
        for (var y = region.Top; y < region.Bottom; y++)
        {
            var xs = Part(whole.X, region, y);
            var ys = Part(whole.Y, region, y);
            for (var x = 0; x < xs.Length; x++)
            {
                var place = lid.Look(new Vector2(xs[x], ys[x]), gaze);
                (xs[x], ys[x]) = (place.X, place.Y);
            }
        }
    }

    private void DrawLid(PlanarImage picture, Eyelid lid, float closed, PlanarImage canvas)
    {
        var region = lid.Region(movement.Furthest() + 2, Area);
        part.Begin(region);
        alpha.Create(region.Height, region.Width, MatType.CV_32FC1);
        for (var y = 0; y < region.Height; y++)
        {
            var fromX = Part(head.X, region, region.Y + y);
            var fromY = Part(head.Y, region, region.Y + y);
            var xs = part.X.Row<float>(y);
            var ys = part.Y.Row<float>(y);
            var share = alpha.Row<float>(y);
            for (var x = 0; x < xs.Length; x++)
            {
                (var source, share[x]) = lid.At(new Vector2(fromX[x], fromY[x]), closed);
                (xs[x], ys[x]) = (source.X, source.Y);
            }
        }

        part.Finish(region);
        layer.Warp(picture, part);
        layer.LayOver(canvas, OnCanvas(region), alpha);
    }

    /// <summary>Where a region of the still head can have got to.</summary>
    private Rect Grown(Rect region)
    {
        var bounds = new RegionBounds();
        var margin = new Vector2(movement.Furthest() + 2);
        bounds.Include(new Vector2(region.Left, region.Top) - margin);
        bounds.Include(new Vector2(region.Right, region.Bottom) + margin);
        return bounds.Within(Area.Right, Area.Bottom).Intersect(Area);
    }

    /// <summary>A row of the picture within a region, of a plane of the area.</summary>
    private Span<float> Part(Mat plane, Rect region, int row) => plane.Row<float>(row - Area.Y).Slice(region.X - Area.X, region.Width);

    private Rect OnCanvas(Rect region) => new(region.Location - Area.Location, region.Size);

    private static void Shift(ReadOnlySpan<float> values, int by, Span<float> shifted)
    {
        for (var x = 0; x < values.Length; x++)
        {
            shifted[x] = values[x] - by;
        }
    }

    /// <summary>A plane of a region, read between its pixels.</summary>
    private readonly ref struct Planes(Mat plane, Rect region)
    {
        private readonly ReadOnlySpan<float> values = plane.AsSpan<float>();

        public float At(Vector2 place)
        {
            var (x, y) = (place.X - region.X, place.Y - region.Y);
            var (left, top) = ((int)x, (int)y);
            var first = top * region.Width + left;
            var second = first + region.Width;
            return float.Lerp(
                float.Lerp(values[first], values[first + 1], x - left), float.Lerp(values[second], values[second + 1], x - left), y - top);
        }
    }
}
