using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.InnerMouths;
using LipSync.Rendering.Life;
using LipSync.Rendering.Occlusion;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering;

/// <summary>Draws planned mouths. Everything a frame needs is in the plan, its own picture and the faces.</summary>
internal sealed class MouthRenderer(MouthPlan plan, MeshReader meshes, EngineParts parts) : IFrameRenderer
{
    private readonly WarpMesh warp = new(plan.Speaker);
    private readonly WarpMap map = new();
    private readonly PlanarImage canvas = new();
    private readonly InnerMouthPainter painter = new();
    private readonly CoverKeeper covers = new(plan.Covers);
    private readonly ExemplarPainter exemplars = new(plan, meshes, parts);
    private readonly Vector3[] mesh = new Vector3[FaceTracks.MeshPoints];
    private readonly Vector3[] canonical = new Vector3[FaceTracks.MeshPoints];
    private readonly Vector2[] residual = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] shape = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] meshed = new Vector2[FaceTracks.MeshPoints];
    private readonly Vector2[] ownShape = new Vector2[FaceTracks.MeshPoints];
    private readonly float[] gaps = new float[LipSeam.Columns];
    private readonly Vector2[] placed = new Vector2[WarpMesh.VertexCount];
    private readonly Vector2[] target = new Vector2[WarpMesh.VertexCount];
    private LivingPortrait? portrait;
    private (int Source, MouthLight Value) light = (-1, default);

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
        Shape(planned, planned.Mouth);
        if (planned.IsPainted)
        {
            LipSeam.Measure(shape, gaps);
            Shape(planned, plan.Seam.Narrowed(planned.Mouth, MouthParameters.OpeningOf(canonical)));
        }

        warp.Place(pose, mesh, placed);
        warp.Displace(pose, canonical, placed, shape, target);
        if (planned.IsPainted)
        {
            ApplySeam(pose);
        }

        using var picture = PlanarImage.Of(frame);
        var region = RegionOf(frame);
        map.Fill(region, warp.Moving, target, placed);
        if (plan.ReadLife(outputFrame) is { } life)
        {
            portrait ??= new LivingPortrait(mesh, canonical, pose, frame.Width, frame.Height);
            portrait.Draw(picture, map, region, life, canvas);
            var painted = PaintInside(frame, picture, region, pose, planned, source);
            portrait.LayOver(painter.Layer, painter.Alpha, painted, canvas);
            canvas.CopyTo(picture, portrait.Area);
            return;
        }

        canvas.Warp(picture, map);
        if (planned.IsPainted)
        {
            var painted = PaintInside(frame, picture, region, pose, planned, source);
            painter.Layer.LayOver(canvas, new Rect(painted.Location - region.Location, painted.Size), painter.Alpha);
        }
        else
        {
            exemplars.Paint(canvas, region, planned, pose, warp, shape, target);
        }

        covers.Keep(source, mesh, picture, region, canvas);
        canvas.CopyTo(picture, region);
    }

    public void Dispose()
    {
        map.Dispose();
        canvas.Dispose();
        painter.Dispose();
        exemplars.Dispose();
        covers.Dispose();
        portrait?.Dispose();
    }

    /// <summary>Paints the inside of the mouth into the painter's layer and answers where it lies.</summary>
    private Rect PaintInside(YuvFrame frame, PlanarImage picture, Rect region, HeadPose pose, PlannedFrame planned, int source)
    {
        if (light.Source != source)
        {
            light = (source, MouthLight.Of(frame, mesh, pose.Scale));
        }

        // The painter thinks in the plane through the upper lip: a corner that lies deeper has its place where the picture shows it.
        var toFace = new PictureToFace(pose, shape[13], target[13]);
        foreach (var point in FaceLandmarks.InnerOutline)
        {
            (shape[point], ownShape[point]) = (toFace.At(target[point]), toFace.At(placed[point]));
        }

        var ownOpening = MouthParameters.OpeningOf(ownShape);
        var own = new OwnTeeth(ownShape, ownOpening);
        var closed = plan.Speaker.ClosedSeam(canonical) + plan.Seam.Middle;
        var edge = float.Lerp(closed + InnerMouth.TeethBelowSeam, own.Edge, own.Shown);
        var inner = new InnerMouth(light.Value, shape, MathF.Tan(pose.Yaw), new InnerPose(
            edge, planned.Tongue, planned.Tuck, float.Lerp(InnerPose.Painted, 0.7f * ownOpening, own.Shown)));
        return painter.Paint(picture, region, pose, toFace, inner, target, own, planned.Strength, source);
    }

    /// <summary>Solves the target's shape.</summary>
    private void Shape(PlannedFrame planned, MouthParameters mouth)
    {
        TargetShape.Solve(plan.Speaker, residual, mouth, planned.Tuck, shape);
        TargetShape.Draw(shape, canonical, planned.Strength);
    }

    /// <summary>Both ends of every movement shift to where the lips really end: they move as before, but part there.</summary>
    private void ApplySeam(HeadPose pose)
    {
        for (var i = 0; i < canonical.Length; i++)
        {
            ownShape[i] = canonical[i].AsVector2();
        }

        ShiftLips(pose, shape, gaps, target);
        LipSeam.Measure(ownShape, gaps);
        ShiftLips(pose, ownShape, gaps, placed);
    }

    private void ShiftLips(HeadPose pose, Vector2[] lips, ReadOnlySpan<float> apart, Vector2[] vertices)
    {
        lips.CopyTo(meshed.AsSpan());
        plan.Seam.Apply(lips, apart);
        foreach (var point in FaceLandmarks.InnerOutline)
        {
            vertices[point] += pose.Displacement(lips[point] - meshed[point]);
        }
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
