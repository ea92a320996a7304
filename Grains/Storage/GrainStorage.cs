namespace LipSync.Storage;

/// <summary>How grains keep their state: every record is its own transaction.</summary>
public static class GrainStorage
{
    /// <summary>The storage provider of every grain here.</summary>
    public const string Name = "lipsync";

    /// <summary>
    /// Writes <paramref name="next"/>. A failed write leaves the outcome unknown and the etag stale, so the activation is given up:
    /// the next call reads again what is true.
    /// </summary>
    public static async Task Save<TState>(this IGrainBase grain, IPersistentState<TState> storage, TState next)
    {
        var saved = storage.State;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch
        {
            // Calls may still come before the activation is gone: none must be answered by what was perhaps never saved.
            storage.State = saved;
            grain.DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Removes the record; it is then as if it had never been written.</summary>
    public static async Task Clear<TState>(this IGrainBase grain, IPersistentState<TState> storage)
    {
        try
        {
            await storage.ClearStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
