using LipSync.Media;

namespace LipSync.Benchmarks.Costs;

/// <summary>Renders a whole output as a cluster would: in chunks, several at a time.</summary>
internal static class ChunkedRendering
{
    /// <param name="chunk">Frames of a chunk; rounded up to whole encoder segments.</param>
    /// <param name="slots">Chunks rendered at a time.</param>
    /// <param name="pathOf">Where the chunk that begins at a frame goes.</param>
    /// <returns>The chunks' paths in order.</returns>
    public static async Task<IReadOnlyList<string>> Run(
        LipSyncPipeline pipeline, PlanRequest request, string plan, int chunk, int slots, Func<int, string> pathOf, CancellationToken cancellationToken)
    {
        var frames = request.Map.OutputFrames;
        var size = (chunk + FrameWriter.SegmentFrames - 1) / FrameWriter.SegmentFrames * FrameWriter.SegmentFrames;
        var chunks = Enumerable.Range(0, (frames + size - 1) / size).Select(i => (Start: i * size, Path: pathOf(i * size))).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = slots, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(chunks, options, async (part, stop) => await pipeline.Render(
            request.Video, request.Info, request.Faces, plan, part.Start, Math.Min(size, frames - part.Start), part.Path, null, stop));
        return [.. chunks.Select(part => part.Path)];
    }
}
