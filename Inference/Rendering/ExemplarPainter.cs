using System.Buffers;
using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering.Compositing;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering;

/// <summary>Lays the planned exemplars over a frame, each warped straight from its own shape to the target's.</summary>
internal sealed class ExemplarPainter(MouthPlan plan, MeshReader meshes, EngineParts parts) : IDisposable
{
    private readonly WarpMap map = new();
    private readonly PlanarImage shown = new();
    private readonly PlanarImage fading = new();
    private readonly MouthOverlay overlay = new(matchesColour: parts.HasFlag(EngineParts.ColourMatch));
    private readonly Vector3[] mesh = new Vector3[FaceTracks.MeshPoints];
    private readonly Vector2[] vertices = new Vector2[WarpMesh.VertexCount];

    /// <param name="canvas">The base; its upper left corner is that of <paramref name="within"/>.</param>
    public void Paint(
        PlanarImage canvas, Rect within, PlannedFrame frame, HeadPose pose, WarpMesh warp, ReadOnlySpan<Vector2> shape, ReadOnlySpan<Vector2> target)
    {
        var mask = new OverlayMask(pose, shape, target);
        var region = mask.Region(within);
        if (region.Width < 2 || region.Height < 2)
        {
            return;
        }

        mask.Fill(region, frame.Strength, overlay.Alpha);
        Draw(plan.Exemplars[frame.Exemplar], region, warp, target, shown);
        if (frame.Fading != PlannedFrame.None)
        {
            Draw(plan.Exemplars[frame.Fading], region, warp, target, fading);
            MouthOverlay.Mix(shown, fading, frame.Fade);
        }

        overlay.Blend(canvas, within.TopLeft, region, shown, pose.Scale);
    }

    public void Dispose()
    {
        map.Dispose();
        shown.Dispose();
        fading.Dispose();
        overlay.Dispose();
    }

    private void Draw(ExemplarPicture exemplar, Rect region, WarpMesh warp, ReadOnlySpan<Vector2> target, PlanarImage canvas)
    {
        meshes(exemplar.SourceFrame, mesh);
        warp.Place(plan.Speaker.PoseOf(mesh), mesh, vertices);
        var corner = new Vector2(exemplar.Area.X, exemplar.Area.Y);
        for (var i = 0; i < vertices.Length; i++)
        {
            vertices[i] -= corner;
        }

        map.Fill(region, warp.All, target, vertices);
        var bytes = ArrayPool<byte>.Shared.Rent(exemplar.Length);
        try
        {
            plan.ReadPicture(exemplar, bytes.AsSpan(0, exemplar.Length));
            using var picture = PlanarImage.Of(bytes, exemplar.Area.Width, exemplar.Area.Height);
            canvas.Warp(picture, map);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
