namespace LipSync.Slots.Status;

/// <summary>What can happen to a slot.</summary>
public enum SlotEvent
{
    /// <summary>It begins to pull.</summary>
    Started,

    /// <summary>It has a lease.</summary>
    ItemBegun,

    /// <summary>It has let go of its item, however that ended.</summary>
    ItemEnded,

    /// <summary>It shall stop.</summary>
    DrainAsked,

    /// <summary>Its device failed at the items of several jobs in a row.</summary>
    DeviceFailed,
}

/// <summary>
/// The life of a slot as one table: for every state and event the next state, or null where the event is ignored. A slot in use
/// becomes idle or poisoned, and nothing leads out of Draining but the end of the process or poison, out of Poisoned nothing at all.
/// </summary>
public static class SlotStateMachine
{
    private const SlotState Rea = SlotState.Ready, Bus = SlotState.Busy, Dra = SlotState.Draining, Poi = SlotState.Poisoned;

    private static SlotState? ___ => null;

    private static readonly SlotState?[][] Table =
    [
        //           Startd Begun Ended Drain Failed
        /* Starting */ [Rea, ___, ___, Dra, ___],
        /* Ready    */ [___, Bus, ___, Dra, ___],
        /* Busy     */ [___, ___, Rea, Dra, Poi],
        /* Draining */ [___, ___, Dra, ___, Poi],
        /* Poisoned */ [___, ___, Poi, ___, ___],
    ];

    /// <summary>The state after an event; null: the event is ignored.</summary>
    public static SlotState? Next(SlotState state, SlotEvent what) => Table[(int)state][(int)what];
}
