using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Planning;
using LipSync.Slots;
using LipSync.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Jobs.Effects;

/// <summary>
/// What a job does to the world outside. Every effect may be performed twice: holds resolve once by the job's id, queues know
/// their items, rows have versions, deleting again deletes nothing.
/// </summary>
public sealed partial class JobEffects(
    IGrainFactory grains,
    IJobProjection projection,
    IMediaStore media,
    JobEstimates estimates,
    IOptions<DispatchOptions> dispatch,
    TimeProvider time,
    ILogger<JobEffects> logger)
{
    /// <summary>
    /// Slots that a job is planned for where the directory does not tell: a few chunks more or less cost little, and a second
    /// slot finds something to do.
    /// </summary>
    public const int SupposedSlots = 4;

    /// <summary>
    /// The job answers nobody meanwhile; what is not done by then is tried again. Calls to grains have limits of their own: with
    /// them the effects of any one event take less than the 30 s after which its caller would give up.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Performs one effect; answers the event that its outcome is, where it is one.</summary>
    public async Task<JobTrigger?> Perform(string jobId, JobState state, JobEffect effect)
    {
        if (state.Request.Purpose is JobPurpose.Preflight && effect.Kind is not (JobEffectKind.Enqueue or JobEffectKind.Forget))
        {
            // It costs nothing, is on no list and has no parts.
            return effect.Kind is JobEffectKind.Reserve ? new JobTrigger.CreditsHeld() : null;
        }

        var account = grains.GetGrain<IAccountGrain>(state.Request.AccountId);
        switch (effect.Kind)
        {
            case JobEffectKind.Reserve:
                return await Reserve(account, jobId, state, effect.Credits);
            case JobEffectKind.RequestTurn:
                return await account.RequestTurn(jobId) ? new JobTrigger.TurnTaken() : null;
            case JobEffectKind.Reduce:
                await account.Reduce(jobId, effect.Credits);
                return null;
            case JobEffectKind.Settle:
                await account.Settle(jobId, effect.Credits);
                return null;
            case JobEffectKind.Release:
                await account.Release(jobId);
                return null;
            case JobEffectKind.Enqueue:
                await Enqueue(jobId, state);
                return null;
            case JobEffectKind.Forget:
                await Task.WhenAll(Queue(Pools.Cpu, jobId).Forget(jobId), Queue(Pools.Gpu, jobId).Forget(jobId));
                return null;
            case JobEffectKind.Project:
                await WithinLimit(cancellationToken => projection.Upsert(JobViews.RowOf(jobId, state), cancellationToken));
                return null;
            case JobEffectKind.DeleteWork:
                await WithinLimit(cancellationToken => media.DeletePrefix(ArtifactKeys.Parts(jobId), cancellationToken));
                return null;
            case JobEffectKind.DeleteAll:
                await WithinLimit(cancellationToken => media.DeletePrefix(ArtifactKeys.Job(jobId), cancellationToken));
                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "No such effect.");
        }
    }

    /// <summary>
    /// Where the job waits for its turn: jobs of its account in front of it. Else items of other jobs that are served before this
    /// one's, 0 where none of its items waits. Null: it waits for nothing, or who knows does not answer.
    /// </summary>
    public async Task<int?> Position(string jobId, JobState state)
    {
        try
        {
            if (state.Phase is JobPhase.Waiting)
            {
                return await grains.GetGrain<IAccountGrain>(state.Request.AccountId).PlaceInLine(jobId);
            }

            return state.Phase.ToStage() is not { } stage ? null : await Queue(QueueShards.PoolOf(stage), jobId).Position(jobId) ?? 0;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNoPosition(exception, jobId);
            return null;
        }
    }

    /// <summary>Slots that could render now; <see cref="SupposedSlots"/> where the directory does not answer.</summary>
    public async Task<int> RenderSlots()
    {
        try
        {
            return await grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key).Count(Pools.Gpu);
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            LogNoSlots(exception, SupposedSlots);
            return SupposedSlots;
        }
    }

    /// <summary>The first try at the turn comes with the hold: most jobs get it, and need no write of their own for it.</summary>
    private static async Task<JobTrigger> Reserve(IAccountGrain account, string jobId, JobState state, long credits)
    {
        if (!await account.Reserve(jobId, credits))
        {
            return new JobTrigger.CreditsRefused();
        }

        return state.Request.Limits.ParallelJobs == 0 || await account.RequestTurn(jobId) ? new JobTrigger.CreditsHeld() : new JobTrigger.PlaceAwaited();
    }

    /// <summary>Also where what was asked for does not heed its cancellation.</summary>
    private async Task WithinLimit(Func<CancellationToken, Task> effect)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        await effect(limit.Token).WaitAsync(limit.Token);
    }

    private async Task Enqueue(string jobId, JobState state)
    {
        if (state.Phase.ToStage() is { } stage)
        {
            await Queue(QueueShards.PoolOf(stage), jobId).Enqueue([.. estimates.UnfinishedItems(jobId, state)]);
        }
    }

    private IWorkQueueGrain Queue(string pool, string jobId) =>
        grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, QueueShards.ShardOf(jobId, dispatch.Value.Shards)));
}
