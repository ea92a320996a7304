using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Basics;

namespace LipSync.Faces.Tracking;

internal delegate bool FitFace(int frame, FaceBox box, Span<Vector3> mesh, Span<byte> thumbnail);

internal delegate void WriteFace(int frame, ReadOnlySpan<Vector3> mesh, ReadOnlySpan<byte> thumbnail);

/// <summary>
/// A face being followed. First pass: a rough box every few frames, straight lines between them. Second pass, some frames later: the
/// mesh of every frame inside the smoothed box, smoothed in turn and written. A gap ends the run of both smoothers.
/// </summary>
internal sealed class LiveTrack
{
    private readonly SmoothingWindow boxes;
    private readonly SmoothingWindow meshes;
    private readonly Queue<byte[]> thumbnails = [];
    private readonly FitFace fit;

    /// <param name="fit">Fits the mesh inside a box of a frame; false where there is no face.</param>
    /// <param name="write">Receives the finished meshes and their thumbnails.</param>
    public LiveTrack(TrackingTimes times, FitFace fit, WriteFace write)
    {
        this.fit = fit;
        boxes = new(times.BoxRadius, SmoothingKernels.Gaussian(times.BoxSigma), FitSmoothed);
        meshes = new(times.MeshRadius, SmoothingKernels.Parabola, (frame, mesh) => write(frame, MemoryMarshal.Cast<float, Vector3>(mesh.AsSpan()), thumbnails.Dequeue()));
    }

    public FaceBox Box { get; private set; }

    public int LastSeen { get; private set; } = -1;

    /// <summary>Seen when last looked for.</summary>
    public bool IsFollowed { get; private set; }

    /// <summary>The face was seen in this frame.</summary>
    public void See(int frame, FaceBox box)
    {
        if (IsFollowed)
        {
            // Angles must not jump by a full turn inside a run: they are averaged.
            box = box with { Angle = Box.Angle + MathF.IEEERemainder(box.Angle - Box.Angle, MathF.Tau) };
            for (var between = LastSeen + 1; between < frame; between++)
            {
                Push(between, FaceBox.Between(Box, box, (between - LastSeen) / (float)(frame - LastSeen)));
            }
        }

        Push(frame, box);
        (Box, LastSeen, IsFollowed) = (box, frame, true);
    }

    /// <summary>The face is gone, for now or for good; between its last sight and this frame the second pass decides.</summary>
    public void Lose(int frame)
    {
        for (var after = LastSeen + 1; IsFollowed && after < frame; after++)
        {
            Push(after, Box);
        }

        IsFollowed = false;
        boxes.Flush();
        meshes.Flush();
    }

    private void Push(int frame, FaceBox box) => boxes.Push(frame, [box.X, box.Y, box.Size, box.Angle]);

    private void FitSmoothed(int frame, float[] box)
    {
        var mesh = new float[FaceTracks.MeshPoints * 3];
        var thumbnail = new byte[FaceThumbnail.Bytes];
        if (fit(frame, new(box[0], box[1], box[2], box[3]), MemoryMarshal.Cast<float, Vector3>(mesh.AsSpan()), thumbnail))
        {
            thumbnails.Enqueue(thumbnail);
            meshes.Push(frame, mesh);
        }
        else
        {
            meshes.Flush();
        }
    }
}
