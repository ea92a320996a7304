namespace LipSync.Slots;

/// <summary>An item's own local folder, gone with its contents when disposed.</summary>
internal sealed class Scratch : IDisposable
{
    private Scratch(string folder) => Folder = Directory.CreateDirectory(folder).FullName;

    public string Folder { get; }

    public static Scratch Create(SlotOptions options, string slot) =>
        new(Path.Combine(RootOf(options), $"{slot.Replace('/', '_')}-{Guid.NewGuid():N}"));

    /// <summary>Deletes what a crash of this worker left.</summary>
    public static void DeleteLeftovers(SlotOptions options)
    {
        if (Directory.Exists(RootOf(options)))
        {
            Directory.Delete(RootOf(options), recursive: true);
        }
    }

    public void Dispose()
    {
        // Somebody may have tidied up before us.
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private static string RootOf(SlotOptions options) => Path.Combine(options.ScratchFolder, options.Worker);
}
