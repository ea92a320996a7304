using LipSync.Slots;
using LipSync.Slots.Status;

namespace LipSync.Tests.Slots;

public sealed class SlotStateMachineTests
{
    [Theory]
    [InlineData(SlotState.Starting, SlotEvent.Started, SlotState.Ready)]
    [InlineData(SlotState.Ready, SlotEvent.ItemBegun, SlotState.Busy)]
    [InlineData(SlotState.Busy, SlotEvent.ItemEnded, SlotState.Ready)]
    [InlineData(SlotState.Busy, SlotEvent.DeviceFailed, SlotState.Poisoned)]
    [InlineData(SlotState.Busy, SlotEvent.DrainAsked, SlotState.Draining)]
    [InlineData(SlotState.Draining, SlotEvent.DeviceFailed, SlotState.Poisoned)]
    public void Next_AlongTheLifeOfASlot_IsTheNextState(SlotState state, SlotEvent what, SlotState next) =>
        Assert.Equal(next, SlotStateMachine.Next(state, what));

    [Theory]
    [InlineData(SlotState.Ready)]
    [InlineData(SlotState.Starting)]
    public void Next_DeviceFailedWithoutAnItem_IsIgnored(SlotState state) => Assert.Null(SlotStateMachine.Next(state, SlotEvent.DeviceFailed));

    [Theory]
    [InlineData(SlotState.Poisoned)]
    [InlineData(SlotState.Draining)]
    public void Next_OncePoisonedOrDraining_NeverWorksAgain(SlotState state)
    {
        var seen = new HashSet<SlotState> { state };
        for (var count = 0; count < seen.Count; count = seen.Count)
        {
            seen.UnionWith(seen.ToArray().SelectMany(from => Enum.GetValues<SlotEvent>().Select(what => SlotStateMachine.Next(from, what) ?? from)));
        }

        Assert.Subset(new HashSet<SlotState> { SlotState.Poisoned, SlotState.Draining }, seen);
    }

    [Fact]
    public void Next_Poisoned_StaysPoisonedWhateverHappens() =>
        Assert.All(Enum.GetValues<SlotEvent>(), what => Assert.Equal(SlotState.Poisoned, SlotStateMachine.Next(SlotState.Poisoned, what) ?? SlotState.Poisoned));

    [Fact]
    public void Next_EveryStateAndEvent_IsInTheTable() =>
        Assert.Equal(
            Enum.GetValues<SlotState>().Length * Enum.GetValues<SlotEvent>().Length,
            Enum.GetValues<SlotState>().Sum(state => Enum.GetValues<SlotEvent>().Count(what => SlotStateMachine.Next(state, what) is null or >= SlotState.Starting)));
}
