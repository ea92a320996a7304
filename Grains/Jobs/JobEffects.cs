using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Planning;
using LipSync.Slots;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Jobs;

/// <summary>
/// What a job does to the world outside. Every effect may be performed twice: holds resolve once by the job's id, queues know
/// their items, rows have versions, deleting again deletes nothing.
/// </summary>
public sealed class JobEffects(
    IGrainFactory grains, IJobProjection projection, IMediaStore media, JobEstimates estimates, IOptions<DispatchOptions> dispatch)
{
    /// <summary>The job answers nobody meanwhile; what is not deleted by then is tried again.</summary>
    private static readonly TimeSpan DeletionLimit = TimeSpan.FromSeconds(10);

    /// <summary>Performs one effect; answers the event that its outcome is, where it is one.</summary>
    public async Task<JobTrigger?> Perform(string jobId, JobState state, JobEffect effect)
    {
        var account = grains.GetGrain<IAccountGrain>(state.Request.AccountId);
        switch (effect.Kind)
        {
            case JobEffectKind.Reserve:
                return await account.Reserve(jobId, effect.Credits) ? new JobTrigger.CreditsHeld() : new JobTrigger.CreditsRefused();
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
                await projection.Upsert(ToRow(jobId, state), CancellationToken.None);
                return null;
            case JobEffectKind.DeleteWork:
                using (var limit = new CancellationTokenSource(DeletionLimit))
                {
                    await media.DeletePrefix(ArtifactKeys.Parts(jobId), limit.Token);
                }

                return null;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect), effect, "No such effect.");
        }
    }

    /// <summary>Items of other jobs that are served before this one's; null: none of its items waits.</summary>
    public async Task<int?> Position(string jobId, JobState state) =>
        state.Phase.ToStage() is { } stage ? await Queue(QueueShards.PoolOf(stage), jobId).Position(jobId) : null;

    /// <summary>Slots that could render now.</summary>
    public Task<int> RenderSlots() => grains.GetGrain<ISlotDirectoryGrain>(ISlotDirectoryGrain.Key).Count(Pools.Gpu);

    private async Task Enqueue(string jobId, JobState state)
    {
        if (state.Phase.ToStage() is { } stage)
        {
            await Queue(QueueShards.PoolOf(stage), jobId).Enqueue([.. estimates.UnfinishedItems(jobId, state)]);
        }
    }

    private IWorkQueueGrain Queue(string pool, string jobId) =>
        grains.GetGrain<IWorkQueueGrain>(QueueShards.KeyOf(pool, QueueShards.ShardOf(jobId, dispatch.Value.Shards)));

    private static JobRow ToRow(string jobId, JobState state) => new(
        jobId,
        state.Request.AccountId,
        state.Request.InputType,
        state.Phase.ToStatus(),
        state.CreatedAt,
        state.UpdatedAt,
        state.Version,
        state.CreditsUsed,
        state.Error?.Code,
        state.Output?.OutputKey);
}
