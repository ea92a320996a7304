using LipSync.Jobs;
using LipSync.Storage;

namespace LipSync.Steps;

/// <summary>Joins the chunks and muxes the speech into the finished video.</summary>
public sealed class AssembleStep(ILipSyncEngine engine, IMediaStore store)
{
    public async Task<AssembleResult> Run(AssembleOrder order, StepContext context, CancellationToken cancellationToken)
    {
        List<LocalMedia> chunks = [];
        try
        {
            foreach (var key in order.ChunkKeys)
            {
                chunks.Add(await store.Materialize(key, cancellationToken));
            }

            using var speech = await store.Materialize(order.Media.SpeechKey, cancellationToken);
            var file = context.File("output.mp4");
            await engine.Assemble(
                [.. chunks.Select(chunk => chunk.Path)], speech.Path, order.Media.OutputFrames, order.Media.Fps, file, cancellationToken);
            await store.PutFile(order.OutputKey, file, cancellationToken);
            return new(order.OutputKey, order.Media.OutputFrames);
        }
        finally
        {
            chunks.ForEach(chunk => chunk.Dispose());
        }
    }
}
