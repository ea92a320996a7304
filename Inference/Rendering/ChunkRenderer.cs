using LipSync.Media;

namespace LipSync.Rendering;

/// <summary>
/// Renders a range of output frames into a chunk. While one frame is drawn, the next is decoded and the one before is encoded;
/// three frame buffers go round.
/// </summary>
internal static class ChunkRenderer
{
    private const int Buffers = 3;

    public static async Task Render(
        MappedFrames source, IFrameRenderer renderer, FrameWriter writer, NormalVideo info, int firstFrame, int frameCount, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var frames = new YuvFrame[Buffers];
        for (var i = 0; i < Buffers; i++)
        {
            frames[i] = new YuvFrame(info.Width, info.Height);
        }

        var reading = source.Read(frames[0], cancellationToken).AsTask();
        var writing = Task.CompletedTask;
        try
        {
            for (var i = 0; await reading; i++)
            {
                var frame = frames[i % Buffers];
                reading = source.Read(frames[(i + 1) % Buffers], cancellationToken).AsTask();
                var number = firstFrame + i;
                await Task.Run(() => renderer.Render(number, frame), cancellationToken);
                await writing;
                writing = writer.Write(frame, cancellationToken).AsTask();
                progress?.Report((i + 1) / (double)frameCount);
            }

            await writing;
            await writer.Finish(cancellationToken);
        }
        finally
        {
            // A buffer must not go back while a pipe still works on it. What these two might throw is a consequence of the first failure.
            await Task.WhenAll(reading, writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var frame in frames)
            {
                frame.Dispose();
            }
        }
    }
}
