using LipSync.Storage;

namespace LipSync.Tests.Storage;

/// <summary>A media store under test, and a look behind it.</summary>
public abstract class StoreBackend : IAsyncLifetime
{
    public IMediaStore Store { get; protected set; } = null!;

    public abstract Task InitializeAsync();

    public abstract Task DisposeAsync();

    /// <summary>All that the backend holds, unfinished things included.</summary>
    public abstract Task<string[]> Everything();

    /// <summary>Makes an artifact look two days old.</summary>
    public abstract void Age(string key);

    /// <summary>Leaves what a crash in the middle of a put leaves, two days old.</summary>
    public abstract Task LeaveUnfinished();

    public async Task Put(string key, params byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await Store.Put(key, content, bytes.Length, CancellationToken.None);
    }

    public async Task<byte[]> Read(string key)
    {
        using var local = await Store.Materialize(key, CancellationToken.None);
        return await File.ReadAllBytesAsync(local.Path);
    }

    public static byte[] Content(int bytes)
    {
        var content = new byte[bytes];
        new Random(bytes).NextBytes(content);
        return content;
    }
}
