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
    private static readonly ParallelOptions SideBySide = new() { MaxDegreeOfParallelism = 2 };

    private readonly SmoothingWindow boxes;
    private readonly SmoothingWindow meshes;
    private readonly Queue<byte[]> thumbnails = [];
    private readonly List<(int Frame, FaceBox Box)> due = [];
    private readonly FitFace fit;

    /// <param name="fit">Fits the mesh inside a box of a frame; false where there is no face. Called on several threads.</param>
    /// <param name="write">Receives the finished meshes and their thumbnails.</param>
    public LiveTrack(TrackingTimes times, FitFace fit, WriteFace write)
    {
        this.fit = fit;
        boxes = new(times.BoxRadius, SmoothingKernels.Gaussian(times.BoxSigma), (frame, box) => due.Add((frame, new(box[0], box[1], box[2], box[3]))));
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
        FitDue();
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
        FitDue();
        meshes.Flush();
    }

    private void Push(int frame, FaceBox box) => boxes.Push(frame, [box.X, box.Y, box.Size, box.Angle]);

    // The fits of some frames wait for nobody; what comes of them is smoothed in order.
    private void FitDue()
    {
        var fits = new (bool Seen, float[] Mesh, byte[] Thumbnail)[due.Count];
        Parallel.For(0, fits.Length, SideBySide, i =>
        {
            var (mesh, thumbnail) = (new float[FaceTracks.MeshPoints * 3], new byte[FaceThumbnail.Bytes]);
            fits[i] = (fit(due[i].Frame, due[i].Box, MemoryMarshal.Cast<float, Vector3>(mesh.AsSpan()), thumbnail), mesh, thumbnail);
        });
        for (var i = 0; i < fits.Length; i++)
        {
            if (fits[i].Seen)
            {
                thumbnails.Enqueue(fits[i].Thumbnail);
                meshes.Push(due[i].Frame, fits[i].Mesh);
            }
            else
            {
                meshes.Flush();
            }
        }

        due.Clear();
    }
}
