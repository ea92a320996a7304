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
        // Some frames are read while as many are worked on, of which one is looked at twice: so neither waits for the other.
        var times = new TrackingTimes(info.Fps);
        var group = times.LookEvery;
        using var frames = new FrameRing(info.Width, info.Height, times.FramesHeld + (2 * group));
        using var writer = new FaceTracksWriter(output);
        using var pass = new TrackingPass(models, frames, writer, times);
        var count = await ReadGroup(0);
        for (var first = 0; count > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (from, end) = (first, first + count);
            var next = ReadGroup(end);
            await Task.WhenAll(Task.Run(() => Advance(from, end), CancellationToken.None), next);
            (first, count) = (end, await next);
            progress?.Report((double)end / info.Frames);
        }

        pass.Finish();
        var tracks = writer.Finish(Math.Min((int)Math.Round(MinSeconds * info.Fps), info.Frames));
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
