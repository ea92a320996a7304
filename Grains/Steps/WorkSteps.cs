using LipSync.Jobs;

namespace LipSync.Steps;

/// <summary>The step for each kind of order.</summary>
public sealed class WorkSteps(IngestStep ingest, AnalyzeStep analyze, RenderStep render, AssembleStep assemble)
{
    /// <exception cref="MediaRefusedException">The customer's input can't be used; trying again would end the same.</exception>
    public async Task<StageResult> Run(WorkOrder order, StepContext context, CancellationToken cancellationToken) => order switch
    {
        IngestOrder work => await ingest.Run(work, context, cancellationToken),
        AnalyzeOrder work => await analyze.Run(work, context, cancellationToken),
        RenderOrder work => await render.Run(work, context, cancellationToken),
        AssembleOrder work => await assemble.Run(work, context, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "No such order."),
    };
}
