using LipSync.Jobs;

namespace LipSync.Steps;

/// <summary>The engine knows nothing of jobs: it has its own name for how speech and video are brought together.</summary>
internal static class SyncModes
{
    public static Media.SyncMode ToMapMode(this SyncMode mode) => mode switch
    {
        SyncMode.Bounce => Media.SyncMode.Bounce,
        SyncMode.Loop => Media.SyncMode.Loop,
        SyncMode.Remap => Media.SyncMode.Remap,
        SyncMode.CutOff => Media.SyncMode.CutOff,
        SyncMode.Silence => Media.SyncMode.Silence,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };
}
