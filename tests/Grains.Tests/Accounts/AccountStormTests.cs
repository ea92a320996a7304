using System.Diagnostics;
using LipSync.Accounts;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Accounts;

/// <summary>What must hold of credits whatever happens, on the running grain.</summary>
public sealed class AccountStormTests
{
    private const int Callers = 8;
    private const int StepsOfEach = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task ManyCallers_WhileWritesFail_CreditsStayTrue(int seed)
    {
        await using var silo = await TestSilo.Start(credits: 200);
        var callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Call(silo, new Random((seed * 100) + caller)))));
        await silo.AdvanceUntil(() => callers.IsCompleted);
        await callers;
        Assert.True(silo.State.Fired > 0);

        var settled = Repeat(() => silo.Account.Release("the last"));
        await silo.AdvanceUntil(() => settled.IsCompleted);
        await settled;
        var (view, entries) = ((await silo.Account.Describe())!, silo.Projections.Entries(Samples.Account));
        Assert.Equal(view.Available, entries.Sum(entry => entry.Amount));
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry.Sequence));
        Assert.All(entries, entry => Assert.True(entry.Available >= 0));
        foreach (var operation in entries.GroupBy(entry => entry.OperationId, StringComparer.Ordinal))
        {
            var held = -operation.Where(entry => entry.Kind is LedgerEntryKind.Reserve or LedgerEntryKind.Reduce).Sum(entry => entry.Amount);
            Assert.True(operation.Count(entry => entry.Kind is LedgerEntryKind.Reserve) <= 1);
            Assert.True(operation.Count(entry => entry.Kind is LedgerEntryKind.Grant) <= 1);
            Assert.True(operation.Count(entry => entry.Kind is LedgerEntryKind.Settle or LedgerEntryKind.Release) <= 1);
            Assert.True(operation.Sum(entry => entry.Spent) <= Math.Max(0, held));
        }
    }

    private static async Task Call(TestSilo silo, Random random)
    {
        for (var step = 0; step < StepsOfEach; step++)
        {
            var (kind, job, credits) = (random.Next(5), $"job-{random.Next(20)}", random.Next(1, 30));
            if (random.Next(6) is 0)
            {
                silo.State.FailWrite("account", afterStoring: random.Next(2) is 0);
            }

            await Repeat(() => kind switch
            {
                0 => silo.Account.Reserve(job, credits),
                1 => silo.Account.Reduce(job, credits),
                2 => silo.Account.Settle(job, credits),
                3 => silo.Account.Release(job),
                _ => silo.Account.Grant($"gift-{job}", 5),
            });
        }
    }

    /// <summary>As a job does: until it is answered.</summary>
    private static async Task Repeat(Func<Task> operation)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await operation();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                await Task.Yield();
            }
        }
    }
}
