namespace LipSync.Slots;

/// <summary>Which slots a silo has.</summary>
[Flags]
public enum SlotKinds
{
    /// <summary>Those that analyze and render.</summary>
    Devices = 1,

    /// <summary>Those that fetch, normalise and assemble.</summary>
    Media = 2,

    All = Devices | Media,
}

/// <summary>The slots of this silo.</summary>
public sealed record LaunchedSlots(SlotKinds Kinds);
