using System.Collections.Concurrent;
using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using LipSync.Keys;
using LipSync.Slots;
using LipSync.Users;

namespace LipSync.Tests.Hosting;

/// <summary>What the stand-in grains know and were asked; each test makes accounts of its own in it.</summary>
public sealed class World
{
    public static readonly PlanLimits Pro = new(Plan.Pro, 300, 600, 1000);

    public ConcurrentDictionary<string, ApiKeyIdentity> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>Users by the key of their grain.</summary>
    public ConcurrentDictionary<string, (UserView View, string PasswordHash)> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>How often each key's grain was asked whose it is.</summary>
    public ConcurrentDictionary<string, int> Identified { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, AccountView> Opened { get; } = new(StringComparer.Ordinal);

    /// <summary>Credits that were granted, by account and operation.</summary>
    public ConcurrentDictionary<(string Account, string Operation), long> Granted { get; } = new();

    /// <summary>Entries of each account's ledger.</summary>
    public ConcurrentDictionary<string, ImmutableArray<LedgerEntry>> Entries { get; } = new(StringComparer.Ordinal);

    public ImmutableArray<QueueView> Queues { get; set; } = [];

    /// <summary>Accounts that are opened once without an answer.</summary>
    public ConcurrentDictionary<string, bool> OpenUnheard { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts that are granted credits once without an answer.</summary>
    public ConcurrentDictionary<string, bool> GrantUnheard { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, Admission> Admissions { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, JobSpec> Submitted { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, SubmitResult> SubmitResults { get; } = new(StringComparer.Ordinal);

    /// <summary>For each account: its next submission is answered by this and nothing else, as one whose silo dies.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource<SubmitResult>> Lost { get; } = new(StringComparer.Ordinal);

    /// <summary>For each account: how many submissions of its jobs fail, as where a silo doesn't answer.</summary>
    public ConcurrentDictionary<string, int> Silent { get; } = new(StringComparer.Ordinal);

    /// <summary>Accounts whose next withdrawal gets no answer.</summary>
    public ConcurrentDictionary<string, bool> DeafTo { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<(string JobId, JobSpec Spec)> Withdrawn { get; } = new();

    public ConcurrentDictionary<string, (string AccountId, Func<JobView> Describe)> Jobs { get; } = new(StringComparer.Ordinal);

    /// <summary>The page that lists of an account's jobs answer; the empty name: of all accounts'.</summary>
    public ConcurrentDictionary<string, JobPage> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>Lists of jobs that were asked for.</summary>
    public ConcurrentQueue<JobQuery> Listed { get; } = new();

    /// <summary>What becomes of an account's preflights.</summary>
    public ConcurrentDictionary<string, Func<string, JobView>> Preflights { get; } = new(StringComparer.Ordinal);

    /// <summary>What becomes of the others.</summary>
    public static JobView FailedPreflight(string id) => new()
    {
        JobId = id, InputType = InputType.Video, Status = JobStatus.Failed, Error = JobError.ProcessingFailed, Progress = 0,
        CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };

    public ConcurrentQueue<(string AccountId, RequestClass Class)> Admitted { get; } = new();

    public ImmutableArray<MemberView> Members { get; set; } = [];

    /// <summary>What a worker says of itself.</summary>
    public Func<string, Task<WorkerView>> Describe { get; set; } = _ => throw new NotSupportedException();

    public ImmutableArray<SlotReport> Slots { get; set; } = [];

    /// <summary>Workers that were told to drain.</summary>
    public ConcurrentQueue<string> Drained { get; } = new();

    /// <summary>What was kept for idempotency keys, by the keys of their grains.</summary>
    public ConcurrentDictionary<string, byte[]> KeptAnswers { get; } = new(StringComparer.Ordinal);

    public byte[] LinkSecret { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>An account of its own with a key.</summary>
    public TestAccount NewAccount(ApiKeyScope scope = ApiKeyScope.Customer)
    {
        var key = ApiKey.Generate();
        var account = new TestAccount($"account-{Guid.NewGuid():N}", key.Reveal());
        Keys[key.Hash] = new ApiKeyIdentity(account.Id, scope, "test");
        Opened[account.Id] = new AccountView(account.Id, Pro, 1000, 0);
        return account;
    }

    public void Revoke(TestAccount account)
    {
        Assert.True(ApiKey.TryParse(account.Key, out var key));
        Keys[key.Hash] = Keys[key.Hash] with { Revoked = true };
    }

    /// <summary>A job of the account that answers this view.</summary>
    public string NewJob(TestAccount account, Func<string, JobView> view)
    {
        var id = JobId.New(DateTimeOffset.UnixEpoch);
        Jobs[id] = (account.Id, () => view(id));
        return id;
    }
}

public sealed record TestAccount(string Id, string Key);
