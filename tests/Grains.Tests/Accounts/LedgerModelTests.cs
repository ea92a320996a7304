using CsCheck;
using LipSync.Accounts;

namespace LipSync.Tests.Accounts;

/// <summary>
/// The ledger against a model that is plainly right, while its process crashes: memory is lost, what was saved stays, and callers
/// repeat what they got no answer to.
/// </summary>
public sealed class LedgerModelTests
{
    private const int Sequences = 10_000;
    private const int Operations = 50;
    private const long Opening = 100;

    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private enum Kind { Reserve, Reduce, Settle, Release, Expire, Grant }

    private enum Fate { Answered, LostBeforeSaving, SavedAndLost, Repeated }

    private static readonly Gen<(Kind Kind, int Operation, long Credits, Fate Fate)> Steps = Gen.Select(
        Gen.Enum<Kind>(), Gen.Int[0, 5], Gen.Long[1, 60], Gen.Enum<Fate>());

    [Fact]
    public void AnySequence_WithCrashesAndReplays_IsWhatTheModelSays() => Steps.Array[Operations].Sample(
        steps =>
        {
            var account = new CrashingAccount();
            var model = new Model();
            foreach (var (kind, operation, credits, fate) in steps)
            {
                var id = $"operation-{operation}";
                account.Do(ledger => Apply(ledger, kind, id, credits), fate);
                model.Do(kind, id, credits);
                model.Check(account);
            }

            account.CheckEntries();
        },
        iter: Sequences);

    private static LedgerChange Apply(Ledger ledger, Kind kind, string id, long credits) => kind switch
    {
        Kind.Reserve => ledger.Reserve(id, credits, Now),
        Kind.Reduce => ledger.Reduce(id, credits, Now),
        Kind.Settle => ledger.Settle(id, credits, Now),
        Kind.Release => ledger.Release(id, Now),
        Kind.Expire => ledger.Expire(id, Now),
        _ => ledger.Grant(id, credits, Now),
    };

    /// <summary>Saves ledger and entry in one write, as the account's grain does.</summary>
    private sealed class CrashingAccount
    {
        private readonly List<LedgerEntry> entries = [];

        public CrashingAccount() => Save(Ledger.Empty.Open("open", Opening, Now));

        public Ledger Saved { get; private set; } = Ledger.Empty;

        /// <summary>Of all entries' amounts.</summary>
        public long Sum { get; private set; }

        public long LastSequence => entries.Count;

        public void Do(Func<Ledger, LedgerChange> operation, Fate fate)
        {
            // Each caller repeats an operation until it is answered; one that was answered may be repeated all the same.
            var memory = operation(Saved);
            if (fate is not Fate.LostBeforeSaving)
            {
                Save(memory);
            }

            if (fate is not Fate.Answered)
            {
                Save(operation(Saved));
            }
        }

        public void CheckEntries()
        {
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.Sequence));
            Assert.All(entries, entry => Assert.True(entry.Available >= 0));
            foreach (var operation in entries.Where(entry => entry.Kind is not (LedgerEntryKind.Open or LedgerEntryKind.Grant)).GroupBy(entry => entry.OperationId, StringComparer.Ordinal))
            {
                var held = -operation.Where(entry => entry.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Reduce).Sum(entry => entry.Amount);
                var resolving = operation.Where(entry => entry.Kind is LedgerEntryKind.Settle or LedgerEntryKind.Release or LedgerEntryKind.Expire).ToList();
                Assert.Single(operation, entry => entry.Kind is LedgerEntryKind.Reserve);
                Assert.True(resolving.Count <= 1);
                Assert.All(resolving, entry => Assert.True(entry.Spent <= held && entry.Spent + entry.Amount == held));
            }

            foreach (var grants in entries.Where(entry => entry.Kind is LedgerEntryKind.Grant).GroupBy(entry => entry.OperationId, StringComparer.Ordinal))
            {
                Assert.Single(grants);
            }
        }

        private void Save(LedgerChange change)
        {
            Saved = change.Ledger;
            if (change.Entry is { } entry)
            {
                entries.Add(entry);
                Sum += entry.Amount;
            }
        }
    }

    private sealed class Model
    {
        private readonly Dictionary<string, long> holds = new(StringComparer.Ordinal);
        private readonly HashSet<string> resolved = new(StringComparer.Ordinal);
        private readonly HashSet<string> granted = new(StringComparer.Ordinal);
        private long available = Opening;
        private long grants;
        private long spent;

        public void Do(Kind kind, string id, long credits)
        {
            switch (kind)
            {
                case Kind.Grant:
                    if (granted.Add(id))
                    {
                        available += credits;
                        grants += credits;
                    }

                    break;
                case Kind.Reserve:
                    if (!resolved.Contains(id) && available >= credits && holds.TryAdd(id, credits))
                    {
                        available -= credits;
                    }

                    break;
                case Kind.Reduce:
                    if (holds.TryGetValue(id, out var held) && credits < held)
                    {
                        available += held - credits;
                        holds[id] = credits;
                    }

                    break;
                default:
                    Resolve(kind, id, kind is Kind.Settle ? credits : 0);
                    break;
            }
        }

        public void Check(CrashingAccount account)
        {
            Assert.Equal(available, account.Saved.Available);
            Assert.Equal(available, account.Sum);
            Assert.True(available >= 0);
            Assert.Equal(holds.Values.Sum(), account.Saved.Held);
            Assert.Equal(Opening + grants - spent, account.Saved.Available + account.Saved.Held);
            Assert.Equal(account.LastSequence, account.Saved.LastSequence);
        }

        private void Resolve(Kind kind, string id, long credits)
        {
            if (holds.Remove(id, out var held))
            {
                spent += Math.Min(credits, held);
                available += held - Math.Min(credits, held);
                resolved.Add(id);
            }
            else if (kind is Kind.Release)
            {
                resolved.Add(id);
            }
        }
    }
}
