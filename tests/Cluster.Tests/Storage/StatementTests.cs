using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Statements;

namespace LipSync.Tests.Storage;

[Collection(SqliteBackend.Name)]
public class SqliteStatementTests(SqliteBackend backend) : StatementTests(backend);

[Collection(PostgresBackend.Name)]
public class PostgresStatementTests(PostgresBackend backend) : StatementTests(backend);

/// <summary>What every backend must do for statements and for the list of accounts.</summary>
public abstract class StatementTests(IStorageBackend backend)
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 23, 59, 59, 999, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2030, 1, 2);

    private readonly string account = $"account-{Guid.NewGuid():N}";

    [Fact]
    public async Task Page_AfterPage_SaysEveryEntryOnceLatestFirst()
    {
        var entries = Enumerable.Range(1, 25).Select(number => new LedgerEntry(number, LedgerEntryKind.Grant, $"gift-{number}", 2, 0, 2 * number, Now.AddMinutes(number))).ToList();
        await backend.Ledger.Append(account, [.. entries], CancellationToken.None);
        await backend.Ledger.Append(account + "x", [entries[0]], CancellationToken.None);

        var read = new List<LedgerEntry>();
        ImmutableArray<LedgerEntry> page;
        while ((page = await backend.Ledger.Page(account, read.LastOrDefault()?.Sequence, limit: 10, CancellationToken.None)).Length > 0)
        {
            read.AddRange(page);
        }

        Assert.Equal(Enumerable.Reverse(entries), read);
    }

    [Fact]
    public async Task Page_OfAnyKind_IsReadAsItWasWritten()
    {
        LedgerEntry[] entries = [.. Enum.GetValues<LedgerEntryKind>().Select((kind, index) => new LedgerEntry(index + 1, kind, $"operation-{kind}", -index, index, 7, Now))];
        await backend.Ledger.Append(account, [.. entries], CancellationToken.None);
        Assert.Equal(entries.Reverse(), await backend.Ledger.Page(account, before: null, limit: 100, CancellationToken.None));
    }

    [Fact]
    public async Task Usage_OfSomeDays_CountsSettlementsByTheirUtcDay()
    {
        await backend.Ledger.Append(
            account,
            [
                Settled(1, Now.AddDays(-1), 1), Settled(2, Now, 5), Settled(3, Now, 0), Settled(4, Now.AddMilliseconds(1), 7),
                Settled(5, Now.AddDays(1), 2) with { Kind = LedgerEntryKind.Release }, Settled(6, Now.AddDays(5), 9),
            ],
            CancellationToken.None);

        Assert.Equal<DayUsage>(
            [new DayUsage(Day, 2, 5), new DayUsage(Day.AddDays(1), 1, 7)],
            await backend.Ledger.Usage(account, Day, Day.AddDays(4), CancellationToken.None));
        Assert.Empty(await backend.Ledger.Usage(account + "x", Day, Day, CancellationToken.None));
    }

    [Fact]
    public async Task Sum_OfAnAccount_IsThatOfItsEntries()
    {
        Assert.Equal(default, await backend.Ledger.Sum(account, CancellationToken.None));
        await backend.Ledger.Append(account, [Settled(1, Now, 5) with { Amount = 100 }, Settled(3, Now, 5) with { Amount = -30 }], CancellationToken.None);
        Assert.Equal(new LedgerSum(Entries: 2, LastSequence: 3, Amount: 70), await backend.Ledger.Sum(account, CancellationToken.None));
    }

    [Fact]
    public async Task Accounts_InPages_AreEachListedOnceInOrder()
    {
        var rows = Enumerable.Range(0, 5).Select(number => new AccountRow($"{account}-{number}", Plan.Starter, Suspended: number % 2 is 0, Now.AddDays(number), number)).ToList();
        foreach (var row in Enumerable.Reverse(rows))
        {
            await backend.Accounts.Upsert(row, CancellationToken.None);
        }

        var first = await backend.Accounts.Page(account, limit: 3, CancellationToken.None);
        var second = await backend.Accounts.Page(first[^1].AccountId, limit: 2, CancellationToken.None);
        Assert.Equal(rows, first.Concat(second));
        Assert.NotEmpty(await backend.Accounts.Page(after: null, limit: 1, CancellationToken.None));
    }

    [Fact]
    public async Task Upsert_OfAnAccountsOlderRow_ChangesNothingAndNoneChangesItsBeginning()
    {
        var row = new AccountRow(account, Plan.Pro, Suspended: true, Now, Version: 2);
        await backend.Accounts.Upsert(row, CancellationToken.None);
        await backend.Accounts.Upsert(row with { Plan = Plan.Free, Version = 1 }, CancellationToken.None);
        await backend.Accounts.Upsert(row with { Plan = Plan.Free, Version = 2 }, CancellationToken.None);
        Assert.Equal(row, (await backend.Accounts.Page(account[..^1], limit: 1, CancellationToken.None))[0]);

        await backend.Accounts.Upsert(row with { Plan = Plan.Starter, Suspended = false, CreatedAt = Now.AddDays(1), Version = 3 }, CancellationToken.None);
        Assert.Equal(
            row with { Plan = Plan.Starter, Suspended = false, Version = 3 },
            (await backend.Accounts.Page(account[..^1], limit: 1, CancellationToken.None))[0]);
    }

    private static LedgerEntry Settled(long sequence, DateTimeOffset at, long spent) => new(sequence, LedgerEntryKind.Settle, $"job-{sequence}", 0, spent, 0, at);
}
