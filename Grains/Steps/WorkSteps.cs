using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Preflights;
using LipSync.Storage;

namespace LipSync.Steps;

/// <summary>The step for each kind of order.</summary>
public sealed class WorkSteps(IngestStep ingest, AnalyzeStep analyze, RenderStep render, AssembleStep assemble, InspectStep inspect, IMediaStore store)
{
    /// <exception cref="MediaRefusedException">The customer's input can't be used; trying again would end the same.</exception>
    public async Task<StageResult> Run(WorkOrder order, StepContext context, CancellationToken cancellationToken) => order switch
    {
        IngestOrder work => await ingest.Run(work, context, cancellationToken),
        AnalyzeOrder work => await analyze.Run(work, context, cancellationToken),
        RenderOrder work => await render.Run(work, context, cancellationToken),
        AssembleOrder work => await assemble.Run(work, context, cancellationToken),
        InspectOrder work => await inspect.Run(work, context, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "No such order."),
    };

    /// <summary>
    /// Deletes what an attempt stored that its job did not take. Only what is delivered has keys of the attempt's own; all else has the
    /// same bytes whoever makes it.
    /// </summary>
    public Task Discard(WorkItemId item, long fence, CancellationToken cancellationToken) => item.Stage is Stage.Assemble
        ? store.DeletePrefix(ArtifactKeys.Attempt(item.JobId, fence), cancellationToken)
        : Task.CompletedTask;
}
