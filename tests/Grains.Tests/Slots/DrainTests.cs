using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

/// <summary>What a slot still does, and still gets through to its job, while its process stops.</summary>
public sealed class DrainTests
{
    private static readonly Dictionary<string, string?> OneSlot = new() { ["LipSync:Slots:CpuSlots"] = "1" };
    private static readonly Dictionary<string, string?> OnePatientSlot = new(OneSlot) { ["LipSync:Slots:DrainPatience"] = "00:10:00" };

    [Fact]
    public async Task Stop_ItemEndsWithinPatience_IsReportedAndNoOtherIsBegun()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OnePatientSlot);
        var (began, release) = silo.Engine.HoldRenders();
        var jobId = await silo.Submit();
        await began.WaitAsync(TimeSpan.FromSeconds(30));
        var (slot, records) = (silo.LocalSlots.Find($"{Environment.MachineName}/cpu-0")!, silo.State);

        var stopping = silo.Stop();
        await TestSilo.Drained(slot);
        release.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Single(records.Read<JobState>("job", jobId).Rendered);
        Assert.Single(silo.Engine.Calls.Keys, call => call.StartsWith("Render ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_PatienceRunsOut_HandsTheItemBackUncounted()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneSlot);
        var (began, stopped) = (new TaskCompletionSource(), new TaskCompletionSource<DateTimeOffset>());
        silo.Engine.BeforeRender = async (_, cancellation) =>
        {
            began.TrySetResult();
            await using var registration = cancellation.Register(() => stopped.TrySetResult(silo.Time.GetUtcNow()));
            await stopped.Task;
            cancellation.ThrowIfCancellationRequested();
        };
        var jobId = await silo.Submit();
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var (slot, records) = (silo.LocalSlots.Find($"{Environment.MachineName}/cpu-0")!, silo.State);

        // When exactly it began to drain nobody can tell from outside.
        var before = silo.Time.GetUtcNow();
        var stopping = silo.Stop();
        await TestSilo.Drained(slot);
        var after = silo.Time.GetUtcNow();
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(await stopped.Task, before.AddSeconds(3), after.AddSeconds(4));
        var job = records.Read<JobState>("job", jobId);
        Assert.Empty(job.Rendered);
        Assert.Empty(job.FailedAttempts);
        Assert.All(job.Attempts.Values, attempt => Assert.False(attempt.IsOpen));
    }

    [Fact]
    public async Task Drain_OfOneSlot_LeavesItsWorkToTheOthers()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        Assert.True(await silo.Slot("cpu-0").Drain());
        Assert.False(await silo.Slot("cpu-7").Drain());

        var jobId = await silo.Submit();
        await silo.AdvanceUntil(() => silo.Projections.Row(jobId)?.Status is JobStatus.Completed);
        Assert.Equal(0, (await silo.Slot("cpu-0").Describe())!.ItemsDone);
        await silo.AdvanceUntil(async () => await silo.Slots.Count(Pools.Gpu) == 1);
    }
}
