using LipSync.Tests.Storage.S3;

namespace LipSync.Tests.Storage;

/// <summary>What every media store removes, and what not.</summary>
public abstract class DeleteTests(StoreBackend backend) : IAsyncLifetime
{
    public Task InitializeAsync() => backend.InitializeAsync();

    public Task DisposeAsync() => backend.DisposeAsync();

    [Fact]
    public async Task DeletePrefix_OfOneJob_RemovesItAndNoOther()
    {
        await backend.Put("jobs/1/a", 1);
        await backend.Put("jobs/1/chunks/b", 1);
        await backend.Put("jobs/10/a", 1);

        await backend.Store.DeletePrefix("jobs/1/", CancellationToken.None);

        Assert.Equal("jobs/10/a", Assert.Single(await backend.Everything()));
    }

    [Fact]
    public async Task DeletePrefix_WithoutSlash_RemovesEveryKeyThatBeginsSo()
    {
        await backend.Put("jobs/1/a", 1);
        await backend.Put("jobs/10/a", 1);
        await backend.Put("jobs/2/a", 1);

        await backend.Store.DeletePrefix("jobs/1", CancellationToken.None);

        Assert.Equal("jobs/2/a", Assert.Single(await backend.Everything()));
    }

    [Fact]
    public async Task DeletePrefix_NothingThere_DoesNothing()
    {
        await backend.Put("jobs/2/a", 1);

        await backend.Store.DeletePrefix("jobs/1/", CancellationToken.None);

        Assert.Single(await backend.Everything());
    }

    [Fact]
    public async Task DeleteOlder_MixedAges_RemovesTheOldAndWhatACrashLeft()
    {
        await backend.Put("uploads/old", 1);
        await backend.Put("uploads/new", 1);
        await backend.Put("media/old", 1);
        await backend.LeaveUnfinished();
        backend.Age("uploads/old");
        backend.Age("media/old");
        Assert.Equal(4, (await backend.Everything()).Length);

        var deleted = await backend.Store.DeleteOlder("uploads/", DateTimeOffset.UtcNow.AddDays(-1), CancellationToken.None);

        Assert.Equal(1, deleted);
        Assert.Equal(["media/old", "uploads/new"], await backend.Everything());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("../")]
    [InlineData("jobs/../../")]
    public async Task DeletePrefix_WholeStoreOrBeyond_IsABug(string prefix) =>
        await Assert.ThrowsAsync<ArgumentException>(() => backend.Store.DeletePrefix(prefix, CancellationToken.None));
}

public sealed class FolderDeleteTests() : DeleteTests(new FolderBackend());

[Collection(S3Collection.Name)]
public sealed class S3DeleteTests(S3Server server) : DeleteTests(new S3Backend(server));
