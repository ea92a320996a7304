using LipSync.Storage;
using LipSync.Tests.Storage.S3;

namespace LipSync.Tests.Storage;

/// <summary>What every media store does with what is put into it.</summary>
public abstract class PutTests(StoreBackend backend) : IAsyncLifetime
{
    /// <summary>More than two parts of a multipart upload.</summary>
    private const int Large = 11 * 1024 * 1024;

    public Task InitializeAsync() => backend.InitializeAsync();

    public Task DisposeAsync() => backend.DisposeAsync();

    [Fact]
    public async Task Put_Twice_KeepsTheLaterContent()
    {
        await backend.Put("jobs/1/a.mp4", 1, 2, 3);
        await backend.Put("jobs/1/a.mp4", 4);

        Assert.Equal([4], await backend.Read("jobs/1/a.mp4"));
        Assert.Equal("jobs/1/a.mp4", Assert.Single(await backend.Everything()));
    }

    [Theory]
    [InlineData(1000, 1000, true)]
    [InlineData(1000, 999, false)]
    [InlineData(Large, Large, true)]
    [InlineData(Large, Large - 1, false)]
    public async Task Put_LimitedContent_IsStoredUpToTheLimitOnly(int bytes, long limit, bool stored)
    {
        using var content = new MemoryStream(StoreBackend.Content(bytes));

        var put = backend.Store.Put("a", content, limit, CancellationToken.None);

        if (stored)
        {
            Assert.Equal(bytes, await put);
            Assert.Equal(content.ToArray(), await backend.Read("a"));
        }
        else
        {
            Assert.Equal(limit, (await Assert.ThrowsAsync<MediaTooLargeException>(() => put)).MaxBytes);
            Assert.Empty(await backend.Everything());
        }
    }

    [Fact]
    public async Task Put_NoBytes_IsAnEmptyArtifact()
    {
        await backend.Put("empty");

        await using var stream = await backend.Store.Open("empty", CancellationToken.None);
        Assert.Equal(0, stream!.Length);
        Assert.Empty(await backend.Read("empty"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Large)]
    public async Task Put_ContentThatBreaksOff_LeavesTheEarlierContent(int after)
    {
        await backend.Put("a", 1);

        await Assert.ThrowsAsync<EndOfStreamException>(() => backend.Store.Put("a", new BrokenStream(after), long.MaxValue, CancellationToken.None));

        Assert.Equal([1], await backend.Read("a"));
        Assert.Single(await backend.Everything());
    }

    [Fact]
    public async Task Put_Cancelled_LeavesNothing()
    {
        using var content = new MemoryStream(new byte[1000]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backend.Store.Put("a", content, 1000, new CancellationToken(canceled: true)));

        Assert.Empty(await backend.Everything());
    }

    [Fact]
    public async Task Put_CancelledInTheMiddle_LeavesNothing()
    {
        using var cancel = new CancellationTokenSource();
        var content = new CancellingStream(Large, cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backend.Store.Put("a", content, long.MaxValue, cancel.Token));

        Assert.True(content.Cancelled);
        Assert.Empty(await backend.Everything());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Large)]
    public async Task PutFile_LocalFile_IsStored(int bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"lipsync-{Guid.NewGuid():N}.mp4");
        await File.WriteAllBytesAsync(path, StoreBackend.Content(bytes));

        await backend.Store.PutFile("jobs/1/chunk.mp4", path, CancellationToken.None);

        File.Delete(path); // a store may have moved it
        Assert.Equal(StoreBackend.Content(bytes), await backend.Read("jobs/1/chunk.mp4"));
        Assert.Single(await backend.Everything());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a b")]
    [InlineData(".unfinished/x")]
    [InlineData("ü")]
    public async Task AnyOperation_MalformedKey_IsABug(string key)
    {
        var store = backend.Store;
        await Assert.ThrowsAsync<ArgumentException>(() => backend.Put(key, 1));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Open(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Exists(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Materialize(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutFile(key, "/dev/null", CancellationToken.None));
    }

    private sealed class CancellingStream(int bytes, CancellationTokenSource cancel) : MemoryStream(new byte[bytes])
    {
        public bool Cancelled { get; private set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > Length / 2)
            {
                Cancelled = true;
                await cancel.CancelAsync();
            }

            return await base.ReadAsync(buffer, cancellationToken);
        }
    }
}

public sealed class FolderPutTests() : PutTests(new FolderBackend());

[Collection(S3Collection.Name)]
public sealed class S3PutTests(S3Server server) : PutTests(new S3Backend(server));
