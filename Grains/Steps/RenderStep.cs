using LipSync.Jobs;
using LipSync.Storage;

namespace LipSync.Steps;

/// <summary>Renders one chunk of output frames.</summary>
public sealed class RenderStep(ILipSyncEngine engine, IMediaStore store)
{
    public async Task<RenderResult> Run(RenderOrder order, StepContext context, CancellationToken cancellationToken)
    {
        // A slot that died between storing and reporting did the work: the same chunk has the same bytes.
        if (await store.Exists(order.ChunkKey, cancellationToken))
        {
            return new();
        }

        using var video = await store.Materialize(order.Media.VideoKey, cancellationToken);
        using var faces = await store.Materialize(order.Analysis.FacesKey, cancellationToken);
        using var plan = await store.Materialize(order.Analysis.PlanKey, cancellationToken);
        var file = context.File("chunk.mp4");
        await engine.Render(
            video.Path, order.Media.ToNormalVideo(), faces.Path, plan.Path, order.FirstFrame, order.FrameCount, file, context.Progress, cancellationToken);
        await store.PutFile(order.ChunkKey, file, cancellationToken);
        return new();
    }
}
