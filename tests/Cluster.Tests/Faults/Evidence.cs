using System.Security.Cryptography;
using System.Text.Json;
using LipSync.Accounts;
using LipSync.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace LipSync.Tests.Faults;

/// <summary>What must hold whatever happened meanwhile.</summary>
internal static class Evidence
{
    /// <summary>A job may take this much longer than undisturbed.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(120);

    /// <summary>Waits for the job's end, which must be its completion, and answers the hash of what its customer gets.</summary>
    public static async Task<string> OutputOf(LocalCluster cluster, string jobId) => (await Completed(cluster, jobId)).Output;

    /// <summary>The same, and how long the job took from its submission to its end.</summary>
    public static async Task<(string Output, TimeSpan Took)> Completed(LocalCluster cluster, string jobId)
    {
        var ended = await cluster.Client.UntilEnded(jobId, Patience);
        Assert.True(ended.GetProperty("status").GetString() == "completed", $"Job {jobId} ended otherwise: {ended}");
        return (await Download(cluster, ended), ended.GetProperty("updatedAt").GetDateTimeOffset() - ended.GetProperty("createdAt").GetDateTimeOffset());
    }

    /// <summary>The output's hash, which is the recorded one, as is its size.</summary>
    public static async Task<string> Download(LocalCluster cluster, JsonElement completed)
    {
        var output = await cluster.Client.Http.GetByteArrayAsync(new Uri(completed.GetProperty("outputUrl").GetString()!));
        var hash = Convert.ToHexStringLower(SHA256.HashData(output));
        var report = completed.GetProperty("report");
        Assert.Equal((report.GetProperty("bytes").GetInt64(), report.GetProperty("sha256").GetString()), (output.LongLength, hash));
        return hash;
    }

    /// <summary>
    /// Once everything is published: no hold is open, and the account's credits, by its own record and as the sum of its ledger, lack
    /// exactly what the completed jobs cost. Sequences have no gap, every job was resolved once, and there are the jobs that were
    /// accepted and, but for withdrawn ones, no others.
    /// </summary>
    public static async Task LedgerAgrees(LocalCluster cluster)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        (long Entries, long Last, long Sum, long Opened, long Resolved, long Submitted, long Unended) seen;
        do
        {
            await poll.WaitForNextTickAsync(CancellationToken.None);
            seen = (
                await cluster.Query<long>("SELECT count(*) FROM ledger_entries WHERE account_id = 'dev'"),
                await cluster.Query<long>("SELECT max(sequence) FROM ledger_entries WHERE account_id = 'dev'"),
                await cluster.Query<long>("SELECT coalesce(sum(amount), 0)::bigint FROM ledger_entries WHERE account_id = 'dev'"),
                await cluster.Query<long>("SELECT count(*) FROM ledger_entries WHERE account_id = 'dev' AND kind = 'Reserve'"),
                await cluster.Query<long>("SELECT count(DISTINCT operation_id) FROM ledger_entries WHERE account_id = 'dev' AND kind IN ('Settle', 'Release')"),
                await cluster.Query<long>("SELECT count(*) FROM jobs WHERE account_id = 'dev' AND status <> 'Cancelled'"),
                await cluster.Query<long>("SELECT count(*) FROM jobs WHERE account_id = 'dev' AND status IN ('Queued', 'Processing')"));
        }
        while (!(seen.Entries == seen.Last && seen.Opened == seen.Resolved && seen.Submitted == cluster.Accepted.Count && seen.Unended == 0)
            && !limit.IsCancellationRequested);

        var charged = await cluster.Query<long>("SELECT coalesce(sum(credits_used), 0)::bigint FROM jobs WHERE account_id = 'dev' AND status = 'Completed'");
        var spent = await cluster.Query<long>("SELECT coalesce(sum(spent), 0)::bigint FROM ledger_entries WHERE account_id = 'dev'");
        Assert.Equal((LocalCluster.Credits - charged, charged), (seen.Sum, spent));
        var account = await LedgerOf(cluster);
        Assert.Equal((LocalCluster.Credits - charged, 0), (account.Available, account.Held));
        Assert.Equal(cluster.Accepted.Count, seen.Submitted);
        Assert.Equal(0, seen.Unended);
        Assert.Equal(seen.Opened, seen.Resolved);
        Assert.Equal(seen.Entries, seen.Last);
    }

    /// <summary>The account as it is stored.</summary>
    public static async Task<Ledger> LedgerOf(LocalCluster cluster)
    {
        var payload = await cluster.Query<byte[]>("SELECT payload FROM grain_state WHERE grain_id = 'account/dev'");
        await using var services = new ServiceCollection().AddSerializer(types => types.AddAssembly(typeof(AccountState).Assembly)).BuildServiceProvider();
        return services.GetRequiredService<Serializer>().Deserialize<AccountState>(payload)!.Ledger;
    }

    /// <summary>Waits until a slot that lost an item hears so: from the job to which it reports, or from the queue at which it renews.</summary>
    public static async Task UntilRefused(ProgramProcess control, ProgramProcess slots, string item)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!control.Log.Any(line => line.Contains($"A late report on {item} (fence", StringComparison.Ordinal))
            && !slots.Log.Any(line => line.Contains($" lost {item}:", StringComparison.Ordinal)))
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Waits until the control silo's log says that a slot leased an item, and answers that item.</summary>
    public static async Task<string> UntilLeased(ProgramProcess control, string slot, string item)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var line = control.Log.LastOrDefault(line => line.Contains($"Slot {slot}", StringComparison.Ordinal)
                && line.Contains(" leases ", StringComparison.Ordinal) && line.Contains(item, StringComparison.Ordinal));
            if (line is not null)
            {
                return line.Split(" leases ")[1].Split(' ')[0];
            }

            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}
