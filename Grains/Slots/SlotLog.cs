using LipSync.Dispatch;
using Microsoft.Extensions.Logging;

namespace LipSync.Slots;

/// <summary>What slots say; shared by the parts of one slot.</summary>
internal static partial class SlotLog
{
    [LoggerMessage(LogLevel.Debug, "Slot {Slot} finished {Item} in {Elapsed}.")]
    public static partial void ItemFinished(ILogger logger, string slot, WorkItemId item, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Information, "Slot {Slot} refused the input of {Item}: {Code}.")]
    public static partial void InputRefused(ILogger logger, string slot, WorkItemId item, string code);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} failed at {Item}.")]
    public static partial void ItemFailed(ILogger logger, Exception exception, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} gives {Item} back: the media store can't be reached.")]
    public static partial void StoreAway(ILogger logger, Exception exception, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} lost {Item}: it is another slot's now, or its job ended.")]
    public static partial void ItemLost(ILogger logger, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Information, "Slot {Slot} stops and hands {Item} back.")]
    public static partial void ItemHandedBack(ILogger logger, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "The slots could not drain in the time that the host has for it; their items are leased again when their leases run out.")]
    public static partial void CutOff(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "A heartbeat of {Item} went missing.")]
    public static partial void BeatFailed(ILogger logger, Exception exception, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} could not work; it goes on in {Delay}.")]
    public static partial void PullFailed(ILogger logger, Exception exception, string slot, TimeSpan delay);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} could not report {Item}; it tries again in {Delay}.")]
    public static partial void ReportFailed(ILogger logger, Exception exception, string slot, WorkItemId item, TimeSpan delay);

    [LoggerMessage(LogLevel.Error, "Slot {Slot} gives up reporting {Item}; it is done again when its lease is gone.")]
    public static partial void ReportGivenUp(ILogger logger, Exception exception, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} could not begin {Item}: its job can't be reached. It gives the item back.")]
    public static partial void NotBegun(ILogger logger, Exception exception, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} could not let go of {Item}: its queue can't be reached. The lease runs out.")]
    public static partial void LeaseLeft(ILogger logger, Exception exception, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "What slot {Slot} stored for {Item}, and nobody needs, could not be deleted.")]
    public static partial void NotDiscarded(ILogger logger, Exception exception, string slot, WorkItemId item);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} passes over the queue {Queue} until it answers.")]
    public static partial void QueueSilent(ILogger logger, Exception exception, string slot, string queue);

    [LoggerMessage(LogLevel.Warning, "The queue {Queue} failed to answer slot {Slot}.")]
    public static partial void QueueAway(ILogger logger, Exception exception, string slot, string queue);

    [LoggerMessage(LogLevel.Critical, "Slot {Slot} is poisoned: its device failed at the items of {Jobs} jobs in a row. It takes nothing more until this process restarts.")]
    public static partial void Poisoned(ILogger logger, string slot, int jobs);

    [LoggerMessage(LogLevel.Warning, "Slot {Slot} could not announce itself; it goes on trying.")]
    public static partial void Unheard(ILogger logger, Exception exception, string slot);

    [LoggerMessage(LogLevel.Warning, "bubblewrap is missing, or may not make namespaces here: customers' media is decoded under limits of time and memory only.")]
    public static partial void NoSandbox(ILogger logger);
}
