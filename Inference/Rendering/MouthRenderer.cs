using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Compositing;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering;

/// <summary>Draws planned mouths. Everything a frame needs is in the plan, its own picture and the faces.</summary>
internal sealed class MouthRenderer(MouthPlan plan, MeshReader meshes) : IFrameRenderer
{
    private readonly WarpMesh warp = new(plan.Speaker);
    private readonly WarpMap map = new();
    private readonly PlanarImage canvas = new();
    private readonly InnerMouthPainter painter = new();
    private readonly ExemplarPainter exemplars = new(plan, meshes);
    private readonly Vector3[] mesh = new Vector3[FaceTracks.MeshPoints];
    private readonly Vector3[] canonical = new Vector3[FaceTracks.MeshPoints];
    private readonly Vector2[] residual = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] shape = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] placed = new Vector2[WarpMesh.VertexCount];
    private readonly Vector2[] target = new Vector2[WarpMesh.VertexCount];

    public void Render(int outputFrame, YuvFrame frame)
    {
        var planned = plan.ReadFrame(outputFrame);
        var source = plan.Map.SourceOf(outputFrame);
        if (planned.Strength <= 0 || !meshes(source, mesh))
        {
            return;
        }

        var pose = plan.Speaker.PoseOf(mesh);
        SpeakerModel.ToCanonical(pose, mesh, canonical);
        plan.ReadResidual(source, residual);
        TargetShape.Solve(plan.Speaker, residual, planned.Mouth, planned.Tuck, shape);
        TargetShape.Draw(shape, canonical, planned.Strength);
        warp.Place(pose, mesh, placed);
        warp.Displace(pose, canonical, placed, shape, target);
        if (planned.IsPainted)
        {
            // Both ends of every movement shift alike: the lips move as before, but part where they really meet.
            plan.Seam.Apply(shape);
            plan.Seam.Apply(pose, placed);
            plan.Seam.Apply(pose, target);
        }

        using var picture = PlanarImage.Of(frame);
        var region = RegionOf(frame);
        map.Fill(region, warp.Moving, target, placed);
        canvas.Warp(picture, map);
        if (planned.IsPainted)
        {
            var skin = SkinTone.Of(frame, mesh, pose.Scale);
            var restLine = plan.Speaker.ClosedSeam(canonical) + plan.Seam.Middle;
            var inner = new InnerMouth(skin, shape, restLine);
            painter.Paint(canvas, picture, region, pose, inner, planned.Strength, shape, placed, target, MouthParameters.OpeningOf(canonical));
        }
        else
        {
            exemplars.Paint(canvas, region, planned, pose, warp, shape, target);
        }

        canvas.CopyTo(picture, region);
    }

    public void Dispose()
    {
        map.Dispose();
        canvas.Dispose();
        painter.Dispose();
        exemplars.Dispose();
    }

    /// <summary>All pixels that can move.</summary>
    private Rect RegionOf(YuvFrame frame)
    {
        var bounds = new RegionBounds();
        foreach (var (a, b, c) in warp.Moving)
        {
            foreach (var vertex in (ReadOnlySpan<int>)[a, b, c])
            {
                bounds.Include(placed[vertex]);
                bounds.Include(target[vertex]);
            }
        }

        return bounds.Within(frame.Width, frame.Height);
    }
}
