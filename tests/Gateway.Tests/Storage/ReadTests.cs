using LipSync.Tests.Storage.S3;

namespace LipSync.Tests.Storage;

/// <summary>How every media store gives back what it holds.</summary>
public abstract class ReadTests(StoreBackend backend) : IAsyncLifetime
{
    /// <summary>More than a reader asks for at once.</summary>
    private const int Large = 3 * 1024 * 1024;

    public Task InitializeAsync() => backend.InitializeAsync();

    public Task DisposeAsync() => backend.DisposeAsync();

    [Theory]
    [InlineData(3)]
    [InlineData(128 * 1024)]
    [InlineData((128 * 1024) + 1)]
    [InlineData(Large)]
    public async Task Open_Artifact_IsReadWhole(int bytes)
    {
        await backend.Put("a", StoreBackend.Content(bytes));

        await using var stream = await backend.Store.Open("a", CancellationToken.None);

        Assert.Equal(bytes, stream!.Length);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.Equal(StoreBackend.Content(bytes), read.ToArray());
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1000, 200_000)]
    [InlineData(Large - 1, 1)]
    [InlineData(Large, 0)]
    public async Task Open_Sought_IsReadFromThere(int from, int count)
    {
        await backend.Put("a", StoreBackend.Content(Large));
        await using var stream = await backend.Store.Open("a", CancellationToken.None);
        await stream!.ReadExactlyAsync(new byte[5]);

        stream.Seek(from - Large, SeekOrigin.End);
        var read = new byte[count];
        await stream.ReadExactlyAsync(read);

        Assert.Equal(StoreBackend.Content(Large)[from..(from + count)], read);
        Assert.Equal(from + count, stream.Position);
    }

    [Fact]
    public async Task Open_ArtifactDeletedMeanwhile_IsReadToItsEnd()
    {
        await backend.Put("a/b", 1, 2, 3);
        await using var stream = await backend.Store.Open("a/b", CancellationToken.None);

        await backend.Store.DeletePrefix("a/", CancellationToken.None);

        Assert.Equal(3, await stream!.ReadAtLeastAsync(new byte[3], 3));
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("no/such/folder")]
    public async Task Open_UnknownKey_IsNull(string key)
    {
        Assert.Null(await backend.Store.Open(key, CancellationToken.None));
        Assert.False(await backend.Store.Exists(key, CancellationToken.None));
        Assert.Null(await backend.Store.Size(key, CancellationToken.None));
        await Assert.ThrowsAsync<FileNotFoundException>(() => backend.Store.Materialize(key, CancellationToken.None));
    }

    [Fact]
    public async Task Exists_Artifact_IsTrueAndItsSizeKnown()
    {
        await backend.Put("a/b", 1, 2, 3);

        Assert.True(await backend.Store.Exists("a/b", CancellationToken.None));
        Assert.Equal(3, await backend.Store.Size("a/b", CancellationToken.None));
        Assert.False(await backend.Store.Exists("a", CancellationToken.None));
    }

    [Fact]
    public async Task Materialize_Artifact_IsALocalFileWithItsBytes()
    {
        await backend.Put("a", StoreBackend.Content(Large));

        using var local = await backend.Store.Materialize("a", CancellationToken.None);

        Assert.True(Path.IsPathFullyQualified(local.Path));
        Assert.Equal(StoreBackend.Content(Large), await File.ReadAllBytesAsync(local.Path));
    }

    [Fact]
    public async Task Materialize_ArtifactPutAgain_IsTheNewOne()
    {
        await backend.Put("a", 1);
        Assert.Equal([1], await backend.Read("a"));

        await backend.Put("a", 2);

        Assert.Equal([2], await backend.Read("a"));
    }
}

public sealed class FolderReadTests() : ReadTests(new FolderBackend());

[Collection(S3Collection.Name)]
public sealed class S3ReadTests(S3Server server) : ReadTests(new S3Backend(server));
