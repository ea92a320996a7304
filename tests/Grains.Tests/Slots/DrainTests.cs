using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

/// <summary>What a slot still does, and still gets through to its job, while its process stops.</summary>
public sealed class DrainTests
{
    private static readonly Dictionary<string, string?> OneSlot = new() { ["LipSync:Slots:CpuSlots"] = "1" };

    [Fact]
    public async Task Stop_ItemEndsWithinPatience_IsReportedAndNoOtherIsBegun()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneSlot);
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        silo.Engine.BeforeRender = (_, _) =>
        {
            began.TrySetResult();
            return release.Task;
        };
        var jobId = await silo.Submit();
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var slot = silo.Slot("cpu-0");

        var stopping = silo.Stop();
        while ((await slot.Describe())!.State is not SlotState.Draining)
        {
            await Task.Yield();
        }

        release.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Single(silo.State.Read<JobState>("job", jobId).Rendered);
        Assert.Single(silo.Engine.Calls.Keys, call => call.StartsWith("Render ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stop_PatienceRunsOut_HandsTheItemBackUncounted()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneSlot);
        var (began, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        silo.Engine.BeforeRender = async (_, cancellation) =>
        {
            began.TrySetResult();
            await using var registration = cancellation.Register(() => stopped.TrySetResult());
            await stopped.Task;
            cancellation.ThrowIfCancellationRequested();
        };
        var jobId = await silo.Submit();
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var drained = silo.Time.GetUtcNow();

        var stopping = silo.Stop();
        await silo.AdvanceUntil(() => stopped.Task.IsCompleted);
        Assert.InRange(silo.Time.GetUtcNow() - drained, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        var job = silo.State.Read<JobState>("job", jobId);
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
        Assert.Equal(1, await silo.Slots.Count(Pools.Gpu));
    }
}
