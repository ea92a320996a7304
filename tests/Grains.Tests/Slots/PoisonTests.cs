using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

public sealed class PoisonTests
{
    private static readonly Dictionary<string, string?> OneOfEach = new() { ["LipSync:Slots:CpuSlots"] = "1", ["LipSync:Slots:MediaSlots"] = "1" };

    [Fact]
    public async Task Device_FailsAtThreeJobsInARow_TakesNothingMore()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneOfEach);
        silo.Engine.BeforeRender = (_, _) => throw new IOException("The test's graphics card fell off the bus.");
        for (var job = 0; job < 3; job++)
        {
            await silo.Submit();
        }

        await silo.AdvanceUntil(async () => await State(silo, "cpu-0") is SlotState.Poisoned);
        await silo.AdvanceUntil(async () => await silo.Slots.Count(Pools.Gpu) == 0); // announced a moment later

        silo.Engine.BeforeRender = (_, _) => Task.CompletedTask;
        var ingested = silo.Engine.Calls["NormalizeSpeech"];
        silo.Upload("uploads/speech", 9);
        await silo.Submit();
        var until = silo.Time.GetUtcNow().AddMinutes(1);
        await silo.AdvanceUntil(() => silo.Engine.Calls["NormalizeSpeech"] > ingested && silo.Time.GetUtcNow() > until);
        Assert.DoesNotContain(silo.Engine.Calls.Keys, call => call.StartsWith("Render ", StringComparison.Ordinal));
        Assert.Equal(SlotState.Poisoned, await State(silo, "cpu-0"));
    }

    [Fact]
    public async Task Device_FailsAtTheSameJobAgainAndAgain_GoesOnWithOthers()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneOfEach);
        var failures = 0;
        silo.Engine.BeforeRender = (_, _) => throw new IOException($"The test's item has killed {++failures} graphics cards.");
        var bad = await silo.Submit();
        await silo.AdvanceUntil(() => silo.Projections.Row(bad)?.Status is JobStatus.Failed);
        Assert.True(failures >= JobDecisions.MaxAttempts);

        silo.Engine.BeforeRender = (_, _) => Task.CompletedTask;
        var good = await silo.Submit();
        await silo.AdvanceUntil(() => silo.Projections.Row(good)?.Status is JobStatus.Completed);
    }

    [Fact]
    public async Task Disk_Full_PoisonsTheMediaSlotInsteadOfFailingTheQueue()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneOfEach);
        await silo.AdvanceUntil(async () => await State(silo, "media-0") is SlotState.Ready);
        silo.FillDisk();
        var jobs = new List<string>();
        for (var job = 0; job < 10; job++)
        {
            jobs.Add(await silo.Submit());
        }

        await silo.AdvanceUntil(async () => await State(silo, "media-0") is SlotState.Poisoned);
        Assert.InRange(jobs.Count(job => silo.Projections.Row(job)?.Status is JobStatus.Failed), 0, 2);
    }

    private static async Task<SlotState?> State(TestSilo silo, string device) => (await silo.Slot(device).Describe())?.State;
}
