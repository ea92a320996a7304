using LipSync.Dispatch;

namespace LipSync.Slots.Status;

/// <summary>Where a slot stands, kept by its pump and read by everyone.</summary>
public sealed class SlotStatus
{
    private readonly Lock gate = new();
    private readonly RenderSpeed speed = new();
    private readonly TimeProvider time;
    private SlotReport report;

    public SlotStatus(string worker, DeviceView device, TimeProvider time)
    {
        this.time = time;
        report = new($"{worker}/{device.Name}", worker, device.Name, device.Pool, SlotState.Starting, time.GetUtcNow(), device.Model, 0, 0, Item: null);
    }

    /// <summary>Called after every change of state, by whoever made it; must not take long.</summary>
    public Action Changed { private get; set; } = () => { };

    public SlotReport Report => Volatile.Read(ref report);

    /// <summary>False: the event is ignored in the present state.</summary>
    public bool On(SlotEvent what) => Change(what, now => now);

    /// <summary>False: the slot may not begin anything.</summary>
    public bool Begin(WorkItemId item) => Change(SlotEvent.ItemBegun, now => now with { Item = item });

    /// <summary>The item at hand is done.</summary>
    /// <param name="frames">Frames that were rendered; 0: the item was another stage's.</param>
    public void Finished(int frames, TimeSpan elapsed)
    {
        lock (gate)
        {
            if (frames > 0)
            {
                speed.Add(frames, elapsed);
            }

            report = report with { ItemsDone = report.ItemsDone + 1, FramesPerSecond = speed.FramesPerSecond };
        }
    }

    /// <summary>The slot has let go of its item, however that ended.</summary>
    public void End() => Change(SlotEvent.ItemEnded, now => now with { Item = null });

    private bool Change(SlotEvent what, Func<SlotReport, SlotReport> change)
    {
        lock (gate)
        {
            if (SlotStateMachine.Next(report.State, what) is not { } next)
            {
                return false;
            }

            report = change(report) with { State = next, Since = next == report.State ? report.Since : time.GetUtcNow() };
        }

        Changed();
        return true;
    }
}
