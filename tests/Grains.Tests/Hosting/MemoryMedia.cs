using System.Collections.Concurrent;
using LipSync.Storage;

namespace LipSync.Tests.Hosting;

/// <summary>A media store in memory.</summary>
internal sealed class MemoryMedia(TimeProvider time) : IMediaStore
{
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTimeOffset At)> artifacts = new(StringComparer.Ordinal);

    /// <summary>Told the prefix after each sweep.</summary>
    public Action<string> Swept { get; set; } = _ => { };

    /// <summary>What becomes of content that is put under a key; null: it is lost.</summary>
    public Func<string, byte[], byte[]?> Stored { get; set; } = (_, bytes) => bytes;

    public ICollection<string> Keys => artifacts.Keys;

    public void Add(string key, byte[] bytes)
    {
        if (Stored(key, bytes) is { } stored)
        {
            artifacts[key] = (stored, time.GetUtcNow());
        }
    }

    public byte[] Read(string key) => artifacts[key].Bytes;

    public async Task<long> Put(string key, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        if (copy.Length > maxBytes)
        {
            throw new MediaTooLargeException(maxBytes);
        }

        Add(key, copy.ToArray());
        return copy.Length;
    }

    public async Task PutFile(string key, string path, CancellationToken cancellationToken) =>
        Add(key, await File.ReadAllBytesAsync(path, cancellationToken));

    public Task<Stream?> Open(string key, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(artifacts.TryGetValue(key, out var found) ? new MemoryStream(found.Bytes, writable: false) : null);

    public Task<bool> Exists(string key, CancellationToken cancellationToken) => Task.FromResult(artifacts.ContainsKey(key));

    public Task<long?> Size(string key, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(artifacts.TryGetValue(key, out var found) ? found.Bytes.Length : null);

    public async Task<LocalMedia> Materialize(string key, CancellationToken cancellationToken)
    {
        if (!artifacts.TryGetValue(key, out var found))
        {
            throw new FileNotFoundException("No such artifact.", key);
        }

        var path = Path.Combine(Path.GetTempPath(), $"lipsync-test-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(path, found.Bytes, cancellationToken);
        return new(path, () => File.Delete(path));
    }

    public Task DeletePrefix(string prefix, CancellationToken cancellationToken) => Task.FromResult(Delete(prefix, DateTimeOffset.MaxValue));

    public Task<int> DeleteOlder(string prefix, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = Delete(prefix, before);
        Swept(prefix);
        return Task.FromResult(deleted);
    }

    public Task<Uri?> PresignGet(string key, TimeSpan lifetime, string contentType, string contentDisposition, CancellationToken cancellationToken) =>
        Task.FromResult<Uri?>(null);

    public Task<Uri?> PresignPut(string key, TimeSpan lifetime, CancellationToken cancellationToken) => Task.FromResult<Uri?>(null);

    private int Delete(string prefix, DateTimeOffset before) => artifacts
        .Where(artifact => artifact.Key.StartsWith(prefix, StringComparison.Ordinal) && artifact.Value.At < before)
        .Count(artifact => artifacts.TryRemove(artifact.Key, out _));
}
