using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Basics;

namespace LipSync.Faces.Tracking;

/// <summary>
/// A face being followed. First pass: a rough box for each frame. Second pass, some frames later: the mesh inside the smoothed box,
/// smoothed in turn and written. A gap ends the run of both smoothers.
/// </summary>
internal sealed class LiveTrack
{
    /// <summary>Frames by which the second pass trails the first: three standard deviations.</summary>
    public const int Delay = 6;

    private const double BoxSigma = 2;
    private const int MeshRadius = 2;

    private readonly SmoothingWindow boxes;
    private readonly SmoothingWindow meshes;
    private readonly Func<int, FaceBox, Span<Vector3>, bool> fit;

    /// <param name="fit">Fits the mesh inside a box of a frame; false where there is no face.</param>
    /// <param name="write">Receives the finished meshes.</param>
    public LiveTrack(Func<int, FaceBox, Span<Vector3>, bool> fit, Action<int, ReadOnlySpan<Vector3>> write)
    {
        this.fit = fit;
        boxes = new(Delay, SmoothingKernels.Gaussian(BoxSigma), FitSmoothed);
        meshes = new(MeshRadius, SmoothingKernels.Parabola, (frame, mesh) => write(frame, MemoryMarshal.Cast<float, Vector3>(mesh.AsSpan())));
    }

    public FaceBox Box { get; private set; }

    public int LastSeen { get; private set; } = -1;

    /// <summary>The face was seen in this frame.</summary>
    public void See(int frame, FaceBox box)
    {
        // Angles must not jump by a full turn inside a run: they are averaged.
        var turn = LastSeen == frame - 1 ? MathF.IEEERemainder(box.Angle - Box.Angle, MathF.Tau) : box.Angle - Box.Angle;
        Box = box with { Angle = Box.Angle + turn };
        LastSeen = frame;
        boxes.Push(frame, [Box.X, Box.Y, Box.Size, Box.Angle]);
    }

    /// <summary>The face is gone, for now or for good.</summary>
    public void Lose()
    {
        boxes.Flush();
        meshes.Flush();
    }

    private void FitSmoothed(int frame, float[] box)
    {
        var mesh = new float[FaceTracks.MeshPoints * 3];
        if (fit(frame, new(box[0], box[1], box[2], box[3]), MemoryMarshal.Cast<float, Vector3>(mesh.AsSpan())))
        {
            meshes.Push(frame, mesh);
        }
        else
        {
            meshes.Flush();
        }
    }
}
