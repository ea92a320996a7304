using System.Collections.Concurrent;
using System.Numerics;
using LipSync.Faces.Detection;
using LipSync.Models;

namespace LipSync.Faces.Tracking;

/// <summary>
/// Follows every face through the frames of one video. The detector runs when a face is lost, after a cut, and now and then for
/// newcomers. Not thread-safe.
/// </summary>
/// <param name="frames">Holds the frame being advanced to and the <see cref="TrackingTimes.FramesHeld"/> before it.</param>
internal sealed class TrackingPass(ModelCatalog models, FrameRing frames, FaceTracksWriter writer, TrackingTimes times) : IDisposable
{
    private const int MaxFaces = 8;

    /// <summary>Overlap of boxes from which two are the same face.</summary>
    private const float SameFace = 0.3f;

    /// <summary>Overlap from which the detector's box, rough as it is, can only be that of a face already followed.</summary>
    private const float SurelySameFace = 0.5f;

    /// <summary>Small faces that join large ones can wait: the search for them is most of the detector's work.</summary>
    private const int SecondsBetweenThorough = 4;

    private readonly FaceDetector detector = new(models);
    private readonly FaceMesh mesh = new(models);
    private readonly ConcurrentBag<FaceFitter> fitters = [];
    private readonly SceneCuts cuts = new(times.Fps);
    private readonly List<LiveTrack> tracks = [];
    private readonly Vector3[] points = new Vector3[FaceTracks.MeshPoints];
    private int taken;
    private int nextLook;
    private int nextDetection;
    private int nextThorough;

    /// <summary>Takes in the next frame.</summary>
    public void Advance(int frame)
    {
        if (cuts.IsCut(frames[frame]))
        {
            Finish();
            writer.Cut(frame);
            nextLook = nextDetection = nextThorough = frame;
        }

        taken = frame + 1;
        if (frame >= nextLook)
        {
            Look(frame);
            nextLook = frame + times.LookEvery;
        }
    }

    /// <summary>Ends all tracks and writes what is still on its way.</summary>
    public void Finish()
    {
        tracks.ForEach(track => track.Lose(taken));
        tracks.Clear();
    }

    private void Look(int frame)
    {
        foreach (var track in tracks.Where(track => track.IsFollowed).ToList())
        {
            Follow(track, frame);
        }

        tracks.RemoveAll(track => frame - track.LastSeen > times.Fps);
        if (frame >= nextDetection)
        {
            FindFaces(frame);
        }
    }

    private void Follow(LiveTrack track, int frame)
    {
        if (TryFit(frame, track.Box) is { } box && !tracks.Exists(other => other != track && other.LastSeen == frame && other.Box.Overlap(box) > SameFace))
        {
            track.See(frame, box);
            return;
        }

        track.Lose(frame);
        nextDetection = frame;
    }

    private void FindFaces(int frame)
    {
        var small = IsAnyMissing(frame) || frame >= nextThorough;
        nextThorough = small ? frame + (SecondsBetweenThorough * times.Fps) : nextThorough;
        foreach (var found in detector.Detect(frames[frame], small))
        {
            // The detector's box is rough: the second look is through the box that the mesh itself gives.
            var around = FaceBox.Around(found);
            if (tracks.Count(track => track.LastSeen == frame) < MaxFaces && !IsFollowed(frame, around, SurelySameFace)
                && TryFit(frame, around) is { } rough && TryFit(frame, rough) is { } box && !IsFollowed(frame, box, SameFace))
            {
                TrackFor(box).See(frame, box);
            }
        }

        // Look again soon while a face is missing.
        nextDetection = frame + (IsAnyMissing(frame) ? Math.Max(1, times.Fps / 5) : times.Fps);
    }

    private bool IsAnyMissing(int frame) => tracks.Count == 0 || tracks.Exists(track => track.LastSeen < frame);

    private bool IsFollowed(int frame, FaceBox box, float overlap) =>
        tracks.Exists(track => track.LastSeen == frame && track.Box.Overlap(box) > overlap);

    /// <summary>The lost track that this face continues, or a new one.</summary>
    private LiveTrack TrackFor(FaceBox box)
    {
        if (tracks.Where(track => track.Box.Overlap(box) > SameFace).MaxBy(track => track.Box.Overlap(box)) is { } lost)
        {
            return lost;
        }

        var number = writer.AddTrack();
        var track = new LiveTrack(
            times,
            Fit,
            (frame, finished, picture) => writer.Write(number, frame, finished, picture));
        tracks.Add(track);
        return track;
    }

    private FaceBox? TryFit(int frame, FaceBox box) => mesh.Fit(frames[frame], box, points) >= FaceFitter.MinScore ? FaceBox.Around(points) : null;

    private bool Fit(int frame, FaceBox box, Span<Vector3> target, Span<byte> picture)
    {
        var fitter = fitters.TryTake(out var idle) ? idle : new FaceFitter(models);
        try
        {
            return fitter.Fit(frames[frame], box, target, picture);
        }
        finally
        {
            fitters.Add(fitter);
        }
    }

    public void Dispose()
    {
        foreach (var fitter in fitters)
        {
            fitter.Dispose();
        }

        detector.Dispose();
        mesh.Dispose();
        cuts.Dispose();
    }
}
