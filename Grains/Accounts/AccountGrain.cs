using System.Collections.Immutable;
using LipSync.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Accounts;

/// <summary>
/// Credits change in one write together with the entries still to be published. Rate limits live in memory: a bucket refills
/// within a minute, a lost activation forgives no more than that.
/// </summary>
[GrainType("account")]
public sealed partial class AccountGrain(
    [PersistentState("account", GrainStorage.Name)] IPersistentState<AccountState> storage,
    ILedgerProjection projection,
    IOptionsMonitor<PlanOptions> plans,
    TimeProvider time,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain
{
    private const int ReadsPerWork = 10;
    private static readonly TimeSpan PublishRetry = TimeSpan.FromSeconds(5);

    private TokenBucket work;
    private TokenBucket reads;
    private IGrainTimer? publishing;

    private AccountState State => storage.State;

    private Ledger Ledger => State.Ledger;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!State.Unpublished.IsEmpty)
        {
            PublishSoon();
        }

        return Task.CompletedTask;
    }

    public async Task<bool> Open(Plan plan, long credits)
    {
        if (storage.RecordExists)
        {
            return false;
        }

        await Save(Ledger.Open("open", credits, time.GetUtcNow()), State with { Plan = plan });
        return true;
    }

    public Task<Admission> Admit(RequestClass requestClass)
    {
        var limits = plans.CurrentValue.For(OpenState().Plan);
        var perMinute = requestClass is RequestClass.Read ? limits.RequestsPerMinute * ReadsPerWork : limits.RequestsPerMinute;
        ref var bucket = ref requestClass is RequestClass.Read ? ref reads : ref work;
        (bucket, var grant) = bucket.Take(perMinute, time.GetUtcNow());
        return Task.FromResult(new Admission(grant.Granted, perMinute, grant.Remaining, grant.Reset, grant.RetryAfter, limits));
    }

    public Task<AccountView?> Describe() => Task.FromResult(storage.RecordExists
        ? new AccountView(this.GetPrimaryKeyString(), plans.CurrentValue.For(State.Plan), Ledger.Available, Ledger.Held)
        : null);

    public async Task<bool> Reserve(string operationId, long credits)
    {
        await Save(Ledger.Reserve(operationId, credits, time.GetUtcNow()), State);
        return Ledger.IsHeld(operationId);
    }

    public Task Reduce(string operationId, long credits) => Save(Ledger.Reduce(operationId, credits, time.GetUtcNow()), State);

    public Task Settle(string operationId, long credits) => Save(Ledger.Settle(operationId, credits, time.GetUtcNow()), State);

    public Task Release(string operationId) => storage.RecordExists
        ? Save(Ledger.Release(operationId, time.GetUtcNow()), State)
        : Task.CompletedTask;

    private AccountState OpenState() => storage.RecordExists
        ? State
        : throw new InvalidOperationException($"Account '{this.GetPrimaryKeyString()}' was never opened.");

    private async Task Save(LedgerChange change, AccountState state)
    {
        if (ReferenceEquals(change.Ledger, Ledger))
        {
            return;
        }

        var next = state with { Ledger = change.Ledger };
        if (change.Entry is not { } entry)
        {
            await this.Save(storage, next);
            return;
        }

        await this.Save(storage, next with { Unpublished = next.Unpublished.Add(entry) });
        PublishSoon();
    }

    private void PublishSoon() =>
        publishing ??= this.RegisterGrainTimer(Publish, dueTime: TimeSpan.Zero, period: PublishRetry);

    /// <summary>What was published leaves the state with the next write: publishing it again after a crash changes nothing.</summary>
    private async Task Publish(CancellationToken cancellationToken)
    {
        try
        {
            await projection.Append(this.GetPrimaryKeyString(), State.Unpublished, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogPublishFailed(exception, State.Unpublished.Length);
            return;
        }

        storage.State = State with { Unpublished = [] };
        publishing?.Dispose();
        publishing = null;
    }
}

[GenerateSerializer, Immutable, Alias("LipSync.AccountState")]
public sealed record AccountState
{
    [Id(0)] public Plan Plan { get; init; }

    [Id(1)] public Ledger Ledger { get; init; } = Ledger.Empty;

    /// <summary>Entries that the table of entries may not have yet.</summary>
    [Id(2)] public ImmutableArray<LedgerEntry> Unpublished { get; init; } = [];
}
