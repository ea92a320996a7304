using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Statements;

namespace LipSync.Tests.Hosting;

/// <summary>All tables in memory, under the real ones' rules; a test can wait for a row, and let the next writes fail.</summary>
internal sealed class MemoryProjections : IJobProjection, ILedgerProjection, IAccountProjection
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JobRow> rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Account, long Sequence), LedgerEntry> entries = [];
    private readonly SortedDictionary<string, AccountRow> accounts = new(StringComparer.Ordinal);
    private readonly List<(Func<bool> Holds, TaskCompletionSource Met)> waiters = [];
    private int rowFailures;
    private int entryFailures;
    private int rowHangs;
    private int entryHangs;

    public int Fired { get; private set; }

    public void FailRows(int writes) => rowFailures = writes;

    public void FailEntries(int writes) => entryFailures = writes;

    /// <summary>The next writes of rows get no answer.</summary>
    public void HangRows(int writes) => rowHangs = writes;

    /// <summary>The next writes of entries get no answer.</summary>
    public void HangEntries(int writes) => entryHangs = writes;

    public JobRow? Row(string jobId)
    {
        lock (gate)
        {
            return rows.GetValueOrDefault(jobId);
        }
    }

    public IReadOnlyList<LedgerEntry> Entries(string account)
    {
        lock (gate)
        {
            return [.. entries.Where(entry => entry.Key.Account == account).Select(entry => entry.Value)];
        }
    }

    public AccountRow? Account(string accountId)
    {
        lock (gate)
        {
            return accounts.GetValueOrDefault(accountId);
        }
    }

    public Task WhenStatus(string jobId, JobStatus status) => When(() => rows.GetValueOrDefault(jobId)?.Status == status);

    public Task WhenEntries(string account, int count) => When(() => entries.Count(entry => entry.Key.Account == account) >= count);

    public Task Upsert(JobRow row, CancellationToken cancellationToken) => Write(ref rowFailures, ref rowHangs, () =>
    {
        if (!rows.TryGetValue(row.JobId, out var known) || known.Version < row.Version)
        {
            rows[row.JobId] = row;
        }
    });

    public Task Append(string accountId, ImmutableArray<LedgerEntry> entries, CancellationToken cancellationToken) => Write(ref entryFailures, ref entryHangs, () =>
    {
        foreach (var entry in entries)
        {
            if (!this.entries.TryAdd((accountId, entry.Sequence), entry))
            {
                Assert.Equal(this.entries[(accountId, entry.Sequence)], entry);
            }
        }
    });

    public Task<ImmutableArray<LedgerEntry>> Page(string accountId, long? before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Entries(accountId).Where(entry => entry.Sequence < (before ?? long.MaxValue)).Reverse().Take(limit).ToImmutableArray());

    public Task<ImmutableArray<DayUsage>> Usage(string accountId, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        Task.FromResult(Entries(accountId)
            .Where(entry => entry.Kind is LedgerEntryKind.Settle)
            .GroupBy(entry => DateOnly.FromDateTime(entry.At.UtcDateTime))
            .Where(day => day.Key >= from && day.Key <= to)
            .Select(day => new DayUsage(day.Key, day.Count(), day.Sum(entry => entry.Spent)))
            .ToImmutableArray());

    public Task<LedgerSum> Sum(string accountId, CancellationToken cancellationToken)
    {
        var known = Entries(accountId);
        return Task.FromResult(new LedgerSum(known.Count, known.Count is 0 ? 0 : known[^1].Sequence, known.Sum(entry => entry.Amount)));
    }

    Task IAccountProjection.Upsert(AccountRow row, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!accounts.TryGetValue(row.AccountId, out var known) || known.Version < row.Version)
            {
                accounts[row.AccountId] = row;
            }

            return Task.CompletedTask;
        }
    }

    Task<ImmutableArray<AccountRow>> IAccountProjection.Page(string? after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(accounts.Values.Where(row => string.CompareOrdinal(row.AccountId, after) > 0).Take(limit).ToImmutableArray());
        }
    }

    public Task<ImmutableArray<string>> Unfinished(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(rows.Values.Where(row => row.Status is JobStatus.Queued or JobStatus.Processing)
                .Select(row => row.JobId).ToImmutableArray());
        }
    }

    public Task<DateTimeOffset?> OldestUnfinished(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(rows.Values.Where(row => row.Status is JobStatus.Queued or JobStatus.Processing)
                .Min(row => (DateTimeOffset?)row.CreatedAt));
        }
    }

    public Task<ImmutableArray<JobSummary>> List(JobQuery query, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(rows.Values
                .Where(row => !row.IsDeleted && (query.AccountId ?? row.AccountId) == row.AccountId && (query.Status ?? row.Status) == row.Status)
                .Where(row => query.After is not { } after || (row.CreatedAt, row.JobId).CompareTo((after.At, after.JobId)) < 0)
                .OrderByDescending(row => (row.CreatedAt, row.JobId))
                .Take(query.Limit)
                .Select(row => new JobSummary
                {
                    JobId = row.JobId, AccountId = row.AccountId, InputType = row.InputType, Status = row.Status, CreatedAt = row.CreatedAt, UpdatedAt = row.UpdatedAt,
                })
                .ToImmutableArray());
        }
    }

    public Task<ImmutableArray<JobPlace>> Expired(DateTimeOffset now, JobPlace? after, int limit, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult(rows.Values
                .Where(row => row.OutputKey is not null && row.ExpiresAt <= now)
                .Select(row => new JobPlace(row.ExpiresAt!.Value, row.JobId))
                .Where(place => after is null || (place.At, place.JobId).CompareTo((after.At, after.JobId)) > 0)
                .OrderBy(place => (place.At, place.JobId))
                .Take(limit)
                .ToImmutableArray());
        }
    }

    private Task When(Func<bool> holds)
    {
        lock (gate)
        {
            var met = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiters.Add((holds, met));
            Announce();
            return met.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private Task Write(ref int failures, ref int hangs, Action write)
    {
        lock (gate)
        {
            if (hangs > 0)
            {
                hangs--;
                Fired++;
                return new TaskCompletionSource().Task;
            }

            if (failures > 0)
            {
                failures--;
                Fired++;
                throw new IOException("The test's table is locked.");
            }

            write();
            Announce();
            return Task.CompletedTask;
        }
    }

    private void Announce()
    {
        foreach (var waiter in waiters.Where(waiter => waiter.Holds()).ToArray())
        {
            waiter.Met.TrySetResult();
            waiters.Remove(waiter);
        }
    }
}
