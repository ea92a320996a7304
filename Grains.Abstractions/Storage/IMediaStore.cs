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

    /// <summary>The artifact's length in bytes; null where there is none.</summary>
    Task<long?> Size(string key, CancellationToken cancellationToken);

    /// <summary>A read-only local file with the artifact's bytes, until disposed. Throws <see cref="FileNotFoundException"/>.</summary>
    Task<LocalMedia> Materialize(string key, CancellationToken cancellationToken);

    /// <summary>Removes every artifact whose key begins with the prefix, such as <c>jobs/{id}/</c>.</summary>
    Task DeletePrefix(string prefix, CancellationToken cancellationToken);

    /// <summary>Removes artifacts below the prefix that were written before <paramref name="before"/>; answers how many.</summary>
    Task<int> DeleteOlder(string prefix, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>
    /// A URL at which anybody may read the artifact from the store itself for <paramref name="lifetime"/> from now on; null where the
    /// store has no such URLs. Whether there is such an artifact is not looked up.
    /// </summary>
    /// <param name="contentType">The type that the store answers.</param>
    /// <param name="contentDisposition">What the store answers as <c>Content-Disposition</c>: shown or saved, and under which name.</param>
    Task<Uri?> PresignGet(string key, TimeSpan lifetime, string contentType, string contentDisposition, CancellationToken cancellationToken);

    /// <summary>
    /// A URL to which anybody may <c>PUT</c> the artifact's bytes for <paramref name="lifetime"/> from now on; null where the store has no
    /// such URLs. The store takes as many bytes as are sent: look at the artifact's size before using it.
    /// </summary>
    Task<Uri?> PresignPut(string key, TimeSpan lifetime, CancellationToken cancellationToken);
}

/// <summary>The store failed or fell silent; trying again later may work. What was to be stored is not there, or not known to be.</summary>
public sealed class MediaStoreUnavailableException(string message, Exception? innerException = null) : IOException(message, innerException);

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
