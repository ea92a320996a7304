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

    /// <summary>Writes the tracks of a video's faces to <paramref name="output"/>.</summary>
    /// <param name="read">Fills the next frame; false after the last.</param>
    /// <param name="info">The frames' size and rate; how many there are is seen.</param>
    public async Task<FaceSummary> Track(
        Func<YuvFrame, CancellationToken, ValueTask<bool>> read, NormalVideo info, string output, CancellationToken cancellationToken)
    {
        // Some frames are read while as many are worked on, of which one is looked at twice: so neither waits for the other.
        var times = new TrackingTimes(info.Fps);
        var group = times.LookEvery;
        using var frames = new FrameRing(info.Width, info.Height, times.FramesHeld + (2 * group));
        using var writer = new FaceTracksWriter(output);
        using var pass = new TrackingPass(models, frames, writer, times);
        var (total, count) = (0, await ReadGroup(0));
        while (count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (from, end) = (total, total + count);
            var next = ReadGroup(end);
            await Task.WhenAll(Task.Run(() => Advance(from, end), CancellationToken.None), next);
            (total, count) = (end, await next);
        }

        pass.Finish();
        var tracks = writer.Finish(Math.Min((int)Math.Round(MinSeconds * info.Fps), total));
        return new(tracks.Count, FaceTracks.LargestOf(tracks)?.FramesSeen ?? 0);

        async Task<int> ReadGroup(int first)
        {
            var taken = 0;
            while (taken < group && await read(frames[first + taken], cancellationToken))
            {
                taken++;
            }

            return taken;
        }

        void Advance(int from, int end)
        {
            for (var frame = from; frame < end; frame++)
            {
                pass.Advance(frame);
            }
        }
    }
}
