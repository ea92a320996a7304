using System.Collections.Immutable;
using LipSync.Jobs;
using LipSync.Statements;
using LipSync.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Accounts;

/// <summary>
/// Credits change in one write together with the entries still to be published. Rate limits live in memory: a bucket refills
/// within a minute, a lost activation forgives no more than that. So does the line of jobs that wait for their turn: they ask again.
/// </summary>
[GrainType("account")]
public sealed partial class AccountGrain(
    [PersistentState("account", GrainStorage.Name)] IPersistentState<AccountState> storage,
    ILedgerProjection entries,
    IAccountProjection accounts,
    IOptionsMonitor<PlanOptions> plans,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    private const int ReadsPerWork = 10;
    private static readonly TimeSpan PublishRetry = TimeSpan.FromSeconds(10);

    /// <summary>The account answers nobody meanwhile: a table that is away may not cost more than a small part of its time.</summary>
    private static readonly TimeSpan PublishLimit = TimeSpan.FromSeconds(2);

    private readonly TurnLine line = new();
    private TokenBucket work;
    private TokenBucket reads;
    private IGrainTimer? publishing;
    private long? publishFailed;

    private AccountState State => storage.State;

    private Ledger Ledger => State.Ledger;

    private PlanLimits Limits => plans.CurrentValue.For(State.Plan);

    private bool HasNews => !State.Unpublished.IsEmpty || (storage.RecordExists && !State.RowIsPublished);

    private int FreePlaces => Limits.ParallelJobs is 0 ? int.MaxValue : Math.Max(0, Limits.ParallelJobs - State.Running.Count);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (HasNews)
        {
            PublishSoon();
        }

        return Task.CompletedTask;
    }

    public Task<bool> Open(Plan plan, long credits) => OpenBy(Guid.NewGuid().ToString("N"), plan, credits);

    public async Task<bool> OpenBy(string operationId, Plan plan, long credits)
    {
        if (!storage.RecordExists)
        {
            var now = time.GetUtcNow();
            await Save(Ledger.Open("open", credits, now), State with { Plan = plan, CreatedAt = now, OpenedBy = operationId });
        }

        await PublishNow();
        return State.OpenedBy == operationId;
    }

    public Task<Admission> Admit(RequestClass requestClass)
    {
        RequireOpen();
        var limits = Limits;
        var perMinute = requestClass is RequestClass.Read ? limits.RequestsPerMinute * ReadsPerWork : limits.RequestsPerMinute;
        if (State.Suspended)
        {
            return Task.FromResult(new Admission(Admitted: false, perMinute, Remaining: 0, TimeSpan.Zero, TimeSpan.Zero, limits, Suspended: true));
        }

        ref var bucket = ref requestClass is RequestClass.Read ? ref reads : ref work;
        (bucket, var grant) = bucket.Take(perMinute, time.GetUtcNow());
        return Task.FromResult(new Admission(grant.Granted, perMinute, grant.Remaining, grant.Reset, grant.RetryAfter, limits));
    }

    public Task<AccountView?> Describe() => Task.FromResult(storage.RecordExists
        ? new AccountView(
            this.GetPrimaryKeyString(),
            Limits,
            Ledger.Available,
            Ledger.Held,
            State.Suspended,
            State.CreatedAt,
            State.Running.Count,
            line.Count,
            Ledger.LastSequence)
        : null);

    public async Task<bool> Reserve(string operationId, long credits)
    {
        await Change(operationId, ledger => ledger.Reserve(operationId, credits, time.GetUtcNow()));
        return Ledger.IsHeld(operationId);
    }

    public Task Reduce(string operationId, long credits) =>
        ChangeAndPublish(operationId, ledger => ledger.Reduce(operationId, credits, time.GetUtcNow()));

    public Task Settle(string operationId, long credits) =>
        ChangeAndPublish(operationId, ledger => ledger.Settle(operationId, credits, time.GetUtcNow()));

    public Task Release(string operationId) => ChangeAndPublish(
        operationId, ledger => storage.RecordExists ? ledger.Release(operationId, time.GetUtcNow()) : new(ledger, Entry: null));

    public Task Expire(string operationId) => ChangeAndPublish(operationId, ledger => ledger.Expire(operationId, time.GetUtcNow()));

    public async Task<GrantResult> Grant(string operationId, long credits)
    {
        RequireOpen();
        if (Ledger.GrantedBy(operationId) is not { } before)
        {
            await ChangeAndPublish(operationId, ledger => ledger.Grant(operationId, credits, time.GetUtcNow()));
            return GrantResult.Granted;
        }

        await PublishNow();
        return before == credits ? GrantResult.GrantedBefore : GrantResult.Conflict;
    }

    public async Task SetPlan(Plan plan)
    {
        RequireOpen();
        if (plan != State.Plan)
        {
            await SaveRow(State with { Plan = plan });
        }

        await CallNext();
    }

    public Task Suspend(bool suspended)
    {
        RequireOpen();
        return suspended == State.Suspended ? Task.CompletedTask : SaveRow(State with { Suspended = suspended });
    }

    public async Task<bool> RequestTurn(string jobId)
    {
        if (!Ledger.Knows(jobId))
        {
            await storage.ReadStateAsync(); // see Change
        }

        if (State.Running.Contains(jobId) || !Ledger.IsHeld(jobId))
        {
            return State.Running.Contains(jobId);
        }

        if (line.TryTake(jobId, FreePlaces))
        {
            await this.Save(storage, State with { Running = State.Running.Add(jobId) });
            return true;
        }

        await CallNext();
        return false;
    }

    public Task<int?> PlaceInLine(string jobId) => Task.FromResult(line.Place(jobId));

    public Task<ImmutableArray<OpenHold>> OpenHolds(string? after, int limit) => Task.FromResult(Ledger.OpenHolds(after).Take(limit).ToImmutableArray());

    private void RequireOpen()
    {
        if (!storage.RecordExists)
        {
            throw new InvalidOperationException($"Account '{this.GetPrimaryKeyString()}' was never opened.");
        }
    }

    /// <summary>Also those that were called before: the call may be lost.</summary>
    private async Task CallNext()
    {
        foreach (var jobId in line.Call(FreePlaces, time.GetUtcNow()))
        {
            await GrainFactory.GetGrain<IJobGrain>(jobId).TakeTurn();
        }
    }

    /// <summary>
    /// An activation that was cut off from the cluster may have missed what another one wrote. A write would tell; an operation that
    /// is unknown here and changes nothing is decided once more on what is stored. One that is resolved stays so.
    /// </summary>
    private async Task Change(string operationId, Func<Ledger, LedgerChange> decide)
    {
        var change = decide(Ledger);
        if (ReferenceEquals(change.Ledger, Ledger) && !Ledger.Knows(operationId))
        {
            await storage.ReadStateAsync();
            change = decide(Ledger);
        }

        if (!ReferenceEquals(change.Ledger, Ledger))
        {
            await Save(change, change.Ledger.IsHeld(operationId) ? State : State with { Running = State.Running.Remove(operationId) });
        }
    }

    /// <summary>
    /// The caller asks again until the table has all entries: nobody else would, were this the last change before the silo dies.
    /// A reservation need not wait, it is always followed by one of these.
    /// </summary>
    private async Task ChangeAndPublish(string operationId, Func<Ledger, LedgerChange> decide)
    {
        await Change(operationId, decide);
        if (!Ledger.IsHeld(operationId))
        {
            line.Leave(operationId);
            await CallNext();
        }

        await PublishNow();
    }

    /// <summary>Not again and again while the table is away: other callers wait meanwhile.</summary>
    private Task PublishNow() => publishFailed is { } at && time.GetElapsedTime(at) < PublishRetry
        ? throw new TimeoutException($"The credits of account '{this.GetPrimaryKeyString()}' are up to date, but the table of ledger entries is away.")
        : Publish();

    private async Task Save(LedgerChange change, AccountState state)
    {
        var next = state with { Ledger = change.Ledger };
        if (change.Entry is not { } entry)
        {
            await this.Save(storage, next);
            return;
        }

        await this.Save(storage, next with { Unpublished = next.Unpublished.Add(entry) });
        PublishSoon();
    }

    private async Task SaveRow(AccountState next)
    {
        await this.Save(storage, next with { RowVersion = next.RowVersion + 1, RowIsPublished = false });
        PublishSoon();
    }

    private void PublishSoon() =>
        publishing ??= this.RegisterGrainTimer(TryPublish, dueTime: TimeSpan.Zero, period: PublishRetry);

    private async Task TryPublish(CancellationToken cancellationToken)
    {
        try
        {
            await Publish();
        }
        catch (Exception exception)
        {
            LogPublishFailed(exception, State.Unpublished.Length);
        }
    }

    /// <summary>What was published leaves the state with the next write: publishing it again after a crash changes nothing.</summary>
    private async Task Publish()
    {
        if (HasNews)
        {
            using var limit = new CancellationTokenSource(PublishLimit, time);
            publishFailed = time.GetTimestamp(); // until it has not
            await Write(limit.Token).WaitAsync(limit.Token);
            storage.State = State with { Unpublished = [], RowIsPublished = true };
        }

        publishFailed = null;
        publishing?.Dispose();
        publishing = null;
    }

    private async Task Write(CancellationToken cancellationToken)
    {
        var id = this.GetPrimaryKeyString();
        if (!State.Unpublished.IsEmpty)
        {
            await entries.Append(id, State.Unpublished, cancellationToken);
        }

        if (!State.RowIsPublished)
        {
            await accounts.Upsert(new(id, State.Plan, State.Suspended, State.CreatedAt ?? time.GetUtcNow(), State.RowVersion), cancellationToken);
        }
    }
}
