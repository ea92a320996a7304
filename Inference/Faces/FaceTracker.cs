using LipSync.Faces.Tracking;
using LipSync.Media;
using LipSync.Models;

namespace LipSync.Faces;

/// <summary>
/// Finds and follows every face of a video in one reading: rough boxes first, and a few frames later the mesh inside the smoothed
/// boxes. Memory is a handful of frames whatever the video's length.
/// </summary>
public sealed class FaceTracker(ModelCatalog models)
{
    /// <summary>Faces seen more briefly are taken for mistakes of the detector.</summary>
    private const double MinSeconds = 0.2;

    /// <summary>Writes the tracks of a normal video to <paramref name="output"/>.</summary>
    public async Task<FaceSummary> Track(
        string normalVideo, NormalVideo info, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await using var reader = FrameReader.Open(normalVideo, info, 0, info.Frames);
        return await Track(reader.Read, info, output, progress, cancellationToken);
    }

    /// <param name="read">Fills the next frame; false after the last.</param>
    internal async Task<FaceSummary> Track(
        Func<YuvFrame, CancellationToken, ValueTask<bool>> read, NormalVideo info, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        // One buffer more than the second pass looks back: the next frame is read while this one is worked on.
        var times = new TrackingTimes(info.Fps);
        using var frames = new FrameRing(info.Width, info.Height, times.FramesHeld + 2);
        using var writer = new FaceTracksWriter(output);
        using var pass = new TrackingPass(models, frames, writer, times);
        var more = await read(frames[0], cancellationToken);
        for (var frame = 0; more; frame++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var current = frame;
            var next = read(frames[frame + 1], cancellationToken).AsTask();
            await Task.WhenAll(Task.Run(() => pass.Advance(current), CancellationToken.None), next);
            more = await next;
            progress?.Report((double)(frame + 1) / info.Frames);
        }

        pass.Finish();
        var tracks = writer.Finish(Math.Min((int)Math.Round(MinSeconds * info.Fps), info.Frames));
        return new(tracks.Count, FaceTracks.LargestOf(tracks)?.FramesSeen ?? 0);
    }
}
