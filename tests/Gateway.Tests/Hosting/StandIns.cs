using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots;
using LipSync.Statements;
using LipSync.Storage;
using Orleans.Concurrency;

namespace LipSync.Tests.Hosting;

/// <summary>Stand-ins for the grains that the gateway talks to: they answer what the <see cref="World"/> says.</summary>
internal sealed class AccountStandIn(World world) : Grain, IAccountGrain
{
    public Task<Admission> Admit(RequestClass requestClass)
    {
        var id = this.GetPrimaryKeyString();
        world.Admitted.Enqueue((id, requestClass));
        var limit = requestClass == RequestClass.Work ? World.Pro.RequestsPerMinute : World.Pro.RequestsPerMinute * 10;
        return Task.FromResult(world.Admissions.GetValueOrDefault(
            id, new Admission(true, limit, limit - 1, TimeSpan.FromSeconds(0.2), TimeSpan.Zero, World.Pro)));
    }

    private string? openedBy;

    public Task<bool> Open(Plan plan, long credits) => OpenBy(Guid.NewGuid().ToString("N"), plan, credits);

    public Task<bool> OpenBy(string operationId, Plan plan, long credits)
    {
        if (world.Opened.TryAdd(this.GetPrimaryKeyString(), new AccountView(this.GetPrimaryKeyString(), World.Pro with { Plan = plan }, credits, 0)))
        {
            openedBy = operationId;
            if (world.OpenUnheard.TryRemove(this.GetPrimaryKeyString(), out _))
            {
                throw new TimeoutException("The table of ledger entries is away.");
            }
        }

        return Task.FromResult(openedBy == operationId);
    }

    public Task<AccountView?> Describe() => Task.FromResult(world.Opened.GetValueOrDefault(this.GetPrimaryKeyString()));

    public Task<bool> Reserve(string operationId, long credits) => throw new NotSupportedException();

    public Task Reduce(string operationId, long credits) => throw new NotSupportedException();

    public Task Settle(string operationId, long credits) => throw new NotSupportedException();

    public Task Release(string operationId) => throw new NotSupportedException();

    public Task Expire(string operationId) => throw new NotSupportedException();

    public async Task<GrantResult> Grant(string operationId, long credits)
    {
        var granted = (this.GetPrimaryKeyString(), operationId);
        if (!world.Granted.TryAdd(granted, credits))
        {
            return world.Granted[granted] == credits ? GrantResult.GrantedBefore : GrantResult.Conflict;
        }

        await Update(view => view with { Available = view.Available + credits });
        if (world.GrantUnheard.TryRemove(this.GetPrimaryKeyString(), out _))
        {
            throw new TimeoutException("The table of ledger entries is away.");
        }

        return GrantResult.Granted;
    }

    public Task SetPlan(Plan plan) => Update(view => view with { Limits = view.Limits with { Plan = plan } });

    public Task Suspend(bool suspended) => Update(view => view with { Suspended = suspended });

    public Task<bool> RequestTurn(string jobId) => throw new NotSupportedException();

    public Task<int?> PlaceInLine(string jobId) => throw new NotSupportedException();

    public Task<ImmutableArray<OpenHold>> OpenHolds(string? after, int limit) => throw new NotSupportedException();

    private Task Update(Func<AccountView, AccountView> change)
    {
        var id = this.GetPrimaryKeyString();
        world.Opened[id] = change(world.Opened[id]);
        return Task.CompletedTask;
    }
}

internal sealed class StatementStandIn(World world) : Grain, IStatementGrain
{
    private IEnumerable<LedgerEntry> Known => world.Entries.GetValueOrDefault(this.GetPrimaryKeyString(), []);

    public Task<ImmutableArray<LedgerEntry>> Entries(long? before, int limit, CancellationToken cancellationToken) => Task.FromResult(
        Known.Where(entry => entry.Sequence < (before ?? long.MaxValue)).OrderByDescending(entry => entry.Sequence).Take(limit).ToImmutableArray());

    public Task<ImmutableArray<DayUsage>> Usage(DateOnly from, DateOnly to, CancellationToken cancellationToken) => Task.FromResult(
        Known.GroupBy(entry => DateOnly.FromDateTime(entry.At.UtcDateTime))
            .Where(day => day.Key >= from && day.Key <= to)
            .Select(day => new DayUsage(day.Key, day.Count(), day.Sum(entry => entry.Spent)))
            .ToImmutableArray());
}

internal sealed class AccountListStandIn(World world) : Grain, IAccountListGrain
{
    public Task<ImmutableArray<AccountView>> List(string? after, int limit, CancellationToken cancellationToken) => Task.FromResult(world.Opened.Values
        .Where(view => string.CompareOrdinal(view.AccountId, after) > 0)
        .OrderBy(view => view.AccountId, StringComparer.Ordinal)
        .Take(limit)
        .ToImmutableArray());
}

internal sealed class QueueListStandIn(World world) : Grain, IQueueListGrain
{
    public Task<ImmutableArray<QueueView>> List() => Task.FromResult(world.Queues);
}

[Reentrant]
internal sealed class JobStandIn(World world) : Grain, IJobGrain
{
    public Task<SubmitResult> Submit(JobSpec spec)
    {
        world.Submitted[this.GetPrimaryKeyString()] = spec;
        if (spec.Purpose is JobPurpose.Preflight)
        {
            var id = this.GetPrimaryKeyString();
            world.Jobs[id] = (spec.AccountId, () => world.Preflights.GetValueOrDefault(spec.AccountId, World.FailedPreflight)(id));
        }

        if (world.Lost.TryRemove(spec.AccountId, out var lost))
        {
            return lost.Task;
        }

        if (world.Silent.TryGetValue(spec.AccountId, out var failures) && failures > 0)
        {
            world.Silent[spec.AccountId] = failures - 1;
            throw new TimeoutException("10.0.0.7:11111 did not answer");
        }

        return Task.FromResult(world.SubmitResults.GetValueOrDefault(spec.AccountId, new SubmitResult(true, 50, 12.3)));
    }

    public Task<JobView?> Describe(string accountId) => Task.FromResult(
        world.Jobs.TryGetValue(this.GetPrimaryKeyString(), out var job) && job.AccountId == accountId ? job.Describe() : null);

    public Task<WorkOrder?> BeginItem(WorkItemId item, long fence) => throw new NotSupportedException();

    public Task<bool> ReportProgress(WorkItemId item, long fence, double fraction) => throw new NotSupportedException();

    public Task<bool> FinishItem(ItemOutcome outcome) => throw new NotSupportedException();

    public Task ReturnItem(WorkItemId item, long fence) => throw new NotSupportedException();

    public Task<CancelResult> Cancel(string accountId)
    {
        if (!world.Jobs.TryGetValue(this.GetPrimaryKeyString(), out var job) || job.AccountId != accountId)
        {
            return Task.FromResult(CancelResult.NotFound);
        }

        return Task.FromResult(job.Describe().Status is JobStatus.Completed or JobStatus.Failed ? CancelResult.Ended : CancelResult.Cancelled);
    }

    public Task Withdraw(JobSpec spec)
    {
        if (world.DeafTo.TryRemove(spec.AccountId, out _))
        {
            throw new TimeoutException("10.0.0.7:11111 did not answer");
        }

        world.Withdrawn.Enqueue((this.GetPrimaryKeyString(), spec));
        return Task.CompletedTask;
    }

    public Task<bool> Delete(string accountId) => Task.FromResult(
        world.Jobs.TryGetValue(this.GetPrimaryKeyString(), out var job) && job.AccountId == accountId && world.Jobs.TryRemove(this.GetPrimaryKeyString(), out _));

    public Task Expire() => throw new NotSupportedException();

    public Task Resume() => throw new NotSupportedException();

    public Task TakeTurn() => throw new NotSupportedException();
}

internal sealed class JobListStandIn(World world) : Grain, IJobListGrain
{
    public Task<JobPage> List(JobQuery query)
    {
        world.Listed.Enqueue(query);
        return Task.FromResult(world.Pages.GetValueOrDefault(query.AccountId ?? "", new JobPage([], Next: null)));
    }
}

internal sealed class StorageProbeStandIn : Grain, IStorageProbeGrain
{
    public Task Write() => Task.CompletedTask;
}

internal sealed class KeyRingStandIn : Grain, IKeyRingGrain
{
    private ImmutableArray<string> keys = [];

    public Task<ImmutableArray<string>> GetAll() => Task.FromResult(keys);

    public Task Add(string xml)
    {
        keys = keys.Add(xml);
        return Task.CompletedTask;
    }
}

internal sealed class SigningKeyStandIn(World world) : Grain, ISigningKeyGrain
{
    public Task<byte[]> Get() => Task.FromResult(world.LinkSecret);
}

internal sealed class MembersStandIn(World world) : Grain, IMembersGrain
{
    public Task<ImmutableArray<MemberView>> List() => Task.FromResult(world.Members);
}

internal sealed class WorkerStandIn(World world) : Grain, IWorkerGrain
{
    public Task<WorkerView> Describe() => world.Describe(this.GetPrimaryKeyString());

    public Task Drain()
    {
        world.Drained.Enqueue(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }
}

internal sealed class SlotDirectoryStandIn(World world) : Grain, ISlotDirectoryGrain
{
    public Task Announce(SlotReport report) => throw new NotSupportedException();

    public Task<ImmutableArray<SlotReport>> List() => Task.FromResult(world.Slots);

    public Task<int> Count(string pool) => throw new NotSupportedException();
}
