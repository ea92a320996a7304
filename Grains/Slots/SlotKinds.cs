namespace LipSync.Slots;

/// <summary>Which slots a process offers.</summary>
[Flags]
public enum SlotKinds
{
    None = 0,

    /// <summary>One slot for each device: they analyze and render.</summary>
    Devices = 1,

    /// <summary>Slots that fetch, normalise and assemble.</summary>
    Media = 2,

    All = Devices | Media,
}

internal static class SlotKindsExtensions
{
    /// <summary>The role of a process that offers these.</summary>
    public static string ToRole(this SlotKinds kinds) => kinds switch
    {
        SlotKinds.All => "All",
        SlotKinds.Devices => "Gpu",
        _ => "Control",
    };
}
