using LipSync.Gateway.Storage;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Storage;

public sealed class FolderMediaStoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-store-").FullName;
    private readonly FolderMediaStore store;

    public FolderMediaStoreTests() => store = new FolderMediaStore(Options.Create(new MediaStoreOptions { Folder = folder }));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Put_Twice_KeepsTheLaterContent()
    {
        await Put("jobs/1/a.mp4", 1, 2, 3);
        await Put("jobs/1/a.mp4", 4);

        Assert.Equal([4], await Read("jobs/1/a.mp4"));
        Assert.Equal("jobs/1/a.mp4", Assert.Single(Files()));
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(999, false)]
    public async Task Put_LimitedContent_IsStoredUpToTheLimitOnly(long limit, bool stored)
    {
        using var content = new MemoryStream(new byte[1000]);

        var put = store.Put("a", content, limit, CancellationToken.None);

        if (stored)
        {
            Assert.Equal(1000, await put);
        }
        else
        {
            Assert.Equal(limit, (await Assert.ThrowsAsync<MediaTooLargeException>(() => put)).MaxBytes);
        }

        Assert.Equal(stored ? 1 : 0, Files().Length);
    }

    [Fact]
    public async Task Put_ContentThatBreaksOff_LeavesTheEarlierContent()
    {
        await Put("a", 1);

        await Assert.ThrowsAsync<EndOfStreamException>(() => store.Put("a", new BrokenStream(), 1000, CancellationToken.None));

        Assert.Equal([1], await Read("a"));
        Assert.Single(Files());
    }

    [Fact]
    public async Task Put_Cancelled_LeavesNothing()
    {
        using var content = new MemoryStream(new byte[1000]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.Put("a", content, 1000, new CancellationToken(canceled: true)));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task Put_AfterTheFolderWasEmptied_WorksAgain()
    {
        Directory.Delete(folder, recursive: true);

        await store.Put("uploads/1", new MemoryStream([1, 2]), 10, CancellationToken.None);

        Assert.Equal([1, 2], await Read("uploads/1"));
    }

    [Fact]
    public async Task PutFile_LocalFile_IsMoved()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lipsync-{Guid.NewGuid():N}.mp4");
        await File.WriteAllBytesAsync(path, [1, 2]);

        await store.PutFile("jobs/1/chunk.mp4", path, CancellationToken.None);

        Assert.Equal([1, 2], await Read("jobs/1/chunk.mp4"));
        Assert.False(File.Exists(path));
        Assert.Single(Files());
    }

    [SkippableFact]
    public async Task PutFile_FromAnotherFileSystem_IsStored()
    {
        const string memory = "/dev/shm";
        Skip.IfNot(Directory.Exists(memory), "There is no second file system to move from.");
        var path = Path.Combine(memory, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(path, [1, 2]);

        await store.PutFile("a", path, CancellationToken.None);

        Assert.Equal([1, 2], await Read("a"));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Open_Artifact_IsSeekable()
    {
        await Put("a", 1, 2, 3);

        await using var stream = await store.Open("a", CancellationToken.None);

        Assert.True(stream!.CanSeek);
        Assert.Equal(3, stream.Length);
    }

    [Fact]
    public async Task Open_ArtifactDeletedMeanwhile_IsReadToItsEnd()
    {
        await Put("a/b", 1, 2, 3);
        await using var stream = await store.Open("a/b", CancellationToken.None);

        await store.DeletePrefix("a/", CancellationToken.None);

        Assert.Equal(3, await stream!.ReadAtLeastAsync(new byte[3], 3));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no/such/folder")]
    public async Task Open_UnknownKey_IsNull(string key)
    {
        Assert.Null(await store.Open(key, CancellationToken.None));
        Assert.False(await store.Exists(key, CancellationToken.None));
        await Assert.ThrowsAsync<FileNotFoundException>(() => store.Materialize(key, CancellationToken.None));
    }

    [Fact]
    public async Task Materialize_Artifact_IsALocalFileWithItsBytes()
    {
        await Put("a", 1, 2);

        using var local = await store.Materialize("a", CancellationToken.None);

        Assert.Equal([1, 2], await File.ReadAllBytesAsync(local.Path));
    }

    [Fact]
    public async Task DeletePrefix_OfOneJob_RemovesItAndNoOther()
    {
        await Put("jobs/1/a", 1);
        await Put("jobs/1/chunks/b", 1);
        await Put("jobs/10/a", 1);

        await store.DeletePrefix("jobs/1/", CancellationToken.None);

        Assert.Equal("jobs/10/a", Assert.Single(Files()));
        Assert.False(Directory.Exists(Path.Combine(folder, "jobs", "1")));
    }

    [Fact]
    public async Task DeletePrefix_WithoutSlash_RemovesEveryKeyThatBeginsSo()
    {
        await Put("jobs/1/a", 1);
        await Put("jobs/10/a", 1);
        await Put("jobs/2/a", 1);

        await store.DeletePrefix("jobs/1", CancellationToken.None);

        Assert.Equal("jobs/2/a", Assert.Single(Files()));
    }

    [Fact]
    public async Task DeleteOlder_MixedAges_RemovesTheOldAndWhatACrashLeft()
    {
        var now = DateTimeOffset.UtcNow;
        await Put("uploads/old", 1);
        await Put("uploads/new", 1);
        await Put("media/old", 1);
        var left = Path.Combine(folder, ".unfinished", "left");
        await File.WriteAllBytesAsync(left, [1]);
        foreach (var old in new[] { Path.Combine(folder, "uploads/old"), Path.Combine(folder, "media/old"), left })
        {
            File.SetLastWriteTimeUtc(old, now.UtcDateTime.AddDays(-2));
        }

        var deleted = await store.DeleteOlder("uploads/", now.AddDays(-1), CancellationToken.None);

        Assert.Equal(1, deleted);
        Assert.Equal("media/old uploads/new", string.Join(' ', Files().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Put_WhileTheFolderIsDeleted_NeverFails()
    {
        var deletions = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await store.DeletePrefix("jobs/1/", CancellationToken.None);
            }
        });
        for (var i = 0; i < 200; i++)
        {
            await Put("jobs/1/a/b", 1);
        }

        await deletions;
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
        await Assert.ThrowsAsync<ArgumentException>(() => Put(key, 1));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Open(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Exists(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Materialize(key, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.PutFile(key, "/dev/null", CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("../")]
    [InlineData("jobs/../../")]
    public async Task DeletePrefix_WholeStoreOrBeyond_IsABug(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => store.DeletePrefix(prefix, CancellationToken.None));

    private async Task Put(string key, params byte[] bytes)
    {
        using var content = new MemoryStream(bytes);
        await store.Put(key, content, bytes.Length, CancellationToken.None);
    }

    private async Task<byte[]> Read(string key)
    {
        using var local = await store.Materialize(key, CancellationToken.None);
        return await File.ReadAllBytesAsync(local.Path);
    }

    private string[] Files() =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];

    private sealed class BrokenStream : MemoryStream
    {
        private bool first = true;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!first)
            {
                throw new EndOfStreamException();
            }

            first = false;
            return ValueTask.FromResult(10);
        }
    }
}
