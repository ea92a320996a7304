namespace LipSync.Slots;

/// <summary>Which slots a process offers.</summary>
[Flags]
public enum SlotKinds
{
    /// <summary>One for each device: they analyze and render.</summary>
    Devices = 1,

    /// <summary>Those that fetch, normalise and assemble.</summary>
    Media = 2,

    All = Devices | Media,
}

/// <summary>The slots of this process.</summary>
public sealed record LaunchedSlots(SlotKinds Kinds)
{
    /// <summary>The role of a process that offers these.</summary>
    public string Role => Kinds switch
    {
        SlotKinds.All => "All",
        SlotKinds.Devices => "Gpu",
        _ => "Control",
    };
}
