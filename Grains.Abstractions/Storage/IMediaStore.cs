namespace LipSync.Storage;

/// <summary>
/// Artifacts under keys (<c>uploads/…</c>, <c>media/…</c>, <c>jobs/…</c>): a folder or an object store.
/// A key becomes visible whole or not at all; putting it again replaces it.
/// </summary>
public interface IMediaStore
{
    /// <summary>What the keys of all uploads begin with.</summary>
    const string Uploads = "uploads/";

    /// <summary>Stores a stream. Throws <see cref="MediaTooLargeException"/> beyond <paramref name="maxBytes"/> and leaves nothing behind.</summary>
    Task<long> Put(string key, Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>Stores a local file, which it may move instead of copying.</summary>
    Task PutFile(string key, string path, CancellationToken cancellationToken);

    /// <summary>A seekable stream of the artifact; null where there is none.</summary>
    Task<Stream?> Open(string key, CancellationToken cancellationToken);

    Task<bool> Exists(string key, CancellationToken cancellationToken);

    /// <summary>A read-only local file with the artifact's bytes, until disposed. Throws <see cref="FileNotFoundException"/>.</summary>
    Task<LocalMedia> Materialize(string key, CancellationToken cancellationToken);

    /// <summary>Removes every artifact whose key begins with the prefix, such as <c>jobs/{id}/</c>.</summary>
    Task DeletePrefix(string prefix, CancellationToken cancellationToken);

    /// <summary>Removes artifacts below the prefix that were written before <paramref name="before"/>; answers how many.</summary>
    Task<int> DeleteOlder(string prefix, DateTimeOffset before, CancellationToken cancellationToken);
}

public sealed class MediaTooLargeException(long maxBytes)
    : Exception($"The content is larger than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;
}

/// <summary>A local file that stands for an artifact; <paramref name="release"/> runs when it is no longer needed.</summary>
public sealed class LocalMedia(string path, Action? release = null) : IDisposable
{
    public string Path { get; } = path;

    public void Dispose() => release?.Invoke();
}
