using LipSync.Gateway.Hosting;

namespace LipSync.Silo.Storage;

/// <summary>
/// The embedded service's folder, held by one process at a time: two would run the same jobs and tidy up each other's files.
/// </summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(FileStream held) => this.held = held;

    /// <exception cref="ConfigurationException">Another process holds the folder, or it can't be written.</exception>
    public static DataFolder Hold(DataOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            return new(new FileStream(Path.Combine(options.Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException(
                $"The data folder '{options.Folder}' can't be used: {exception.Message} Another service may be running on it; stop that, or choose another folder with LIPSYNC_DATA.",
                exception);
        }
    }

    public void Dispose() => held.Dispose();
}
