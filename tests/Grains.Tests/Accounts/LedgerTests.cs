using System.Collections.Immutable;
using CsCheck;
using LipSync.Accounts;

namespace LipSync.Tests.Accounts;

public sealed class LedgerTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private static readonly Gen<(int Kind, int Operation, long Credits)> Steps =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Long[0, 60]);

    [Fact]
    public void Apply_AnyOperations_BalanceIsTheSumOfEntriesAndNeverNegative() =>
        Gen.Select(Gen.Long[0, 200], Steps.Array[0, 80]).Sample((opening, steps) =>
        {
            var (ledger, entries) = Run(opening, steps);
            Assert.Equal(entries.Sum(entry => entry.Amount), ledger.Available);
            Assert.Equal(opening - entries.Sum(entry => entry.Spent), ledger.Available + ledger.Held);
            Assert.All(entries, entry => Assert.True(entry.Available >= 0));
            Assert.Equal(Enumerable.Range(1, entries.Length).Select(n => (long)n), entries.Select(entry => entry.Sequence));
        });

    [Fact]
    public void Apply_AnyOperations_EachResolvesOnceAndSpendsAtMostItsHold() =>
        Gen.Select(Gen.Long[0, 200], Steps.Array[0, 80]).Sample((opening, steps) =>
        {
            var (_, entries) = Run(opening, steps);
            foreach (var operation in entries.Skip(1).GroupBy(entry => entry.OperationId, StringComparer.Ordinal))
            {
                var held = -operation.Where(entry => entry.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Reduce).Sum(entry => entry.Amount);
                var resolving = operation.Where(entry => entry.Kind is LedgerEntryKind.Settle or LedgerEntryKind.Release).ToList();
                Assert.Single(operation, entry => entry.Kind is LedgerEntryKind.Reserve);
                Assert.True(resolving.Count <= 1);
                Assert.All(resolving, entry => Assert.True(entry.Spent <= held && entry.Spent + entry.Amount == held));
            }
        });

    [Fact]
    public void Settle_Repeated_AnswersTheSame()
    {
        var ledger = Ledger.Empty.Open("open", 100, Now).Ledger.Reserve("job", 10, Now).Ledger.Settle("job", 7, Now).Ledger;
        var again = ledger.Settle("job", 9, Now);
        Assert.Null(again.Entry);
        Assert.Equal(7, again.Ledger.SpentBy("job"));
        Assert.Equal(93, again.Ledger.Available);
    }

    [Fact]
    public void Reserve_AfterRelease_HoldsNothing()
    {
        var ledger = Ledger.Empty.Open("open", 100, Now).Ledger.Reserve("job", 10, Now).Ledger.Release("job", Now).Ledger;
        Assert.Null(ledger.Reserve("job", 10, Now).Entry);
    }

    [Fact]
    public void Reserve_LandingAfterItsRelease_HoldsNothing()
    {
        var opened = Ledger.Empty.Open("open", 100, Now).Ledger;
        var released = opened.Release("job", Now);
        Assert.Null(released.Entry);
        Assert.Equal(100, released.Ledger.Available);

        var late = released.Ledger.Reserve("job", 10, Now);
        Assert.Null(late.Entry);
        Assert.False(late.Ledger.IsHeld("job"));
        Assert.Same(late.Ledger, late.Ledger.Release("job", Now).Ledger);
    }

    [Fact]
    public void Grant_Again_AddsNothing()
    {
        var granted = Ledger.Empty.Open("open", 100, Now).Ledger.Grant("gift", 20, Now);
        Assert.Equal((LedgerEntryKind.Grant, 20, 120), (granted.Entry!.Kind, granted.Entry.Amount, granted.Ledger.Available));
        Assert.Same(granted.Ledger, granted.Ledger.Grant("gift", 20, Now).Ledger);
        Assert.Equal((20, null), (granted.Ledger.GrantedBy("gift"), granted.Ledger.GrantedBy("another")));
    }

    [Fact]
    public void Grant_UnderTheIdOfAJob_IsAnotherOperation()
    {
        var ledger = Ledger.Empty.Open("open", 100, Now).Ledger.Reserve("job", 10, Now).Ledger.Grant("job", 20, Now).Ledger;
        Assert.Equal((110, 10), (ledger.Available, ledger.Held));
        Assert.Equal(7, ledger.Settle("job", 7, Now).Entry!.Spent);
    }

    [Fact]
    public void Expire_OpenHold_FreesAllOfItForGood()
    {
        var expired = Ledger.Empty.Open("open", 100, Now).Ledger.Reserve("job", 10, Now).Ledger.Expire("job", Now);
        Assert.Equal((LedgerEntryKind.Expire, 10, 0, 100), (expired.Entry!.Kind, expired.Entry.Amount, expired.Entry.Spent, expired.Entry.Available));
        Assert.Null(expired.Ledger.Settle("job", 10, Now).Entry);
        Assert.Null(expired.Ledger.Reserve("job", 10, Now).Entry);
        Assert.Same(expired.Ledger, expired.Ledger.Expire("unknown", Now).Ledger);
    }

    [Fact]
    public void OpenHolds_AfterOne_AreTheRestInOrder()
    {
        var ledger = Ledger.Empty.Open("open", 100, Now).Ledger;
        foreach (var job in new[] { "c", "a", "b", "d" })
        {
            ledger = ledger.Reserve(job, 2, Now).Ledger;
        }

        ledger = ledger.Release("b", Now).Ledger with { HeldSince = ledger.HeldSince.Remove("c") };
        Assert.Equal(
            [new OpenHold("c", 2, Since: null), new OpenHold("d", 2, Now)],
            ledger.OpenHolds(after: "a"));
        Assert.Equal(["a", "c", "d"], ledger.OpenHolds(after: null).Select(hold => hold.OperationId));
    }

    [Fact]
    public void Resolve_MoreThanTheWindow_StateStaysBounded()
    {
        var ledger = Ledger.Empty.Open("open", 10_000, Now).Ledger;
        for (var job = 0; job < 3 * Ledger.ResolvedWindow; job++)
        {
            ledger = ledger.Reserve($"{job}", 1, Now).Ledger.Settle($"{job}", 1, Now).Ledger;
        }

        Assert.Equal(Ledger.ResolvedWindow, ledger.Resolved.Count());
        Assert.Equal(1, ledger.SpentBy($"{(3 * Ledger.ResolvedWindow) - 1}"));
    }

    private static (Ledger Ledger, ImmutableArray<LedgerEntry> Entries) Run(long opening, (int Kind, int Operation, long Credits)[] steps)
    {
        var change = Ledger.Empty.Open("open", opening, Now);
        var entries = ImmutableArray.Create(change.Entry!);
        foreach (var (kind, operation, credits) in steps)
        {
            var id = $"job-{operation}";
            change = kind switch
            {
                0 => change.Ledger.Reserve(id, credits, Now),
                1 => change.Ledger.Reduce(id, credits, Now),
                2 => change.Ledger.Settle(id, credits, Now),
                _ => change.Ledger.Release(id, Now),
            };
            entries = change.Entry is { } entry ? entries.Add(entry) : entries;
        }

        return (change.Ledger, entries);
    }
}
