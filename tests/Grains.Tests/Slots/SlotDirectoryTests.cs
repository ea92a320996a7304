using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Slots;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

public sealed class SlotDirectoryTests
{
    [Fact]
    public async Task List_SlotsAnnounced_ShowsThemByName()
    {
        await using var silo = await TestSilo.Start();
        await silo.Slots.Announce(Report("b/cpu-0", SlotState.Busy));
        await silo.Slots.Announce(Report("a/cpu-0", SlotState.Ready));
        Assert.Equal(["a/cpu-0", "b/cpu-0"], (await silo.Slots.List()).Select(slot => slot.Slot));
    }

    [Fact]
    public async Task Count_SomeSlotsDontWork_CountsThoseOfThePoolThatDo()
    {
        await using var silo = await TestSilo.Start();
        foreach (var state in Enum.GetValues<SlotState>())
        {
            await silo.Slots.Announce(Report($"a/{state}", state));
            await silo.Slots.Announce(Report($"a/media-{state}", state) with { Pool = Pools.Cpu });
        }

        Assert.Equal(2, await silo.Slots.Count(Pools.Gpu));
    }

    [Fact]
    public async Task List_SlotFellSilent_ForgetsItAfterThreeAnnouncements()
    {
        await using var silo = await TestSilo.Start();
        await silo.Slots.Announce(Report("a/cpu-0", SlotState.Ready));
        silo.Time.Advance(TimeSpan.FromSeconds(7.4));
        Assert.Single(await silo.Slots.List());
        silo.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Empty(await silo.Slots.List());
    }

    [Fact]
    public async Task Slots_DirectoryLost_AnnounceThemselvesAgain()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        await silo.AdvanceUntil(async () => await silo.Slots.Count(Pools.Gpu) == 2 && await silo.Slots.Count(Pools.Cpu) == 2);
        await silo.Deactivate(silo.Slots);
        var lost = silo.Time.GetUtcNow();
        await silo.AdvanceUntil(async () => (await silo.Slots.List()).Length == 4);
        Assert.InRange(silo.Time.GetUtcNow() - lost, TimeSpan.Zero, TimeSpan.FromSeconds(7.5)); // three announcements
    }

    [Fact]
    public async Task Slots_AtWork_ShowTheirItemAndThenTheirSpeed()
    {
        await using var silo = await TestSilo.Start(withSlots: true);
        var release = new TaskCompletionSource();
        silo.Engine.BeforeRender = (_, _) => release.Task;
        var jobId = await silo.Submit();
        await silo.AdvanceUntil(async () => (await silo.Slots.List()).Any(slot => slot is { State: SlotState.Busy, Item: { Stage: Stage.Render } item } && item.JobId == jobId));
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        release.SetResult();
        await silo.AdvanceUntil(async () => (await silo.Slots.List()).Any(slot => slot is { State: SlotState.Ready, Item: null, ItemsDone: > 0, FramesPerSecond: > 0 }));
    }

    private static SlotReport Report(string slot, SlotState state) =>
        new(slot, "a", "cpu-0", Pools.Gpu, state, DateTimeOffset.UnixEpoch, "test", 0, 0, Item: null);
}
