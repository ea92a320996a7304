using LipSync.Storage;

namespace LipSync.Tests.Storage;

/// <summary>What only a folder does.</summary>
public sealed class FolderMediaStoreTests : IAsyncLifetime
{
    private readonly FolderBackend backend = new();

    private IMediaStore Store => backend.Store;

    public Task InitializeAsync() => backend.InitializeAsync();

    public Task DisposeAsync() => backend.DisposeAsync();

    [Fact]
    public async Task Put_AfterTheFolderWasEmptied_WorksAgain()
    {
        Directory.Delete(backend.Folder, recursive: true);

        await backend.Put("uploads/1", 1, 2);

        Assert.Equal([1, 2], await backend.Read("uploads/1"));
    }

    [Fact]
    public async Task Put_WhileTheFolderIsDeleted_NeverFails()
    {
        var deletions = Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                await Store.DeletePrefix("jobs/1/", CancellationToken.None);
            }
        });
        for (var i = 0; i < 200; i++)
        {
            await backend.Put("jobs/1/a/b", 1);
        }

        await deletions;
    }

    [Fact]
    public async Task PutFile_LocalFile_IsMoved()
    {
        var path = Path.Combine(Path.GetTempPath(), $"lipsync-{Guid.NewGuid():N}.mp4");
        await File.WriteAllBytesAsync(path, [1, 2]);

        await Store.PutFile("jobs/1/chunk.mp4", path, CancellationToken.None);

        Assert.False(File.Exists(path));
    }

    [SkippableFact]
    public async Task PutFile_FromAnotherFileSystem_IsStored()
    {
        const string memory = "/dev/shm";
        Skip.IfNot(Directory.Exists(memory), "There is no second file system to move from.");
        var path = Path.Combine(memory, Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(path, [1, 2]);

        await Store.PutFile("a", path, CancellationToken.None);

        Assert.Equal([1, 2], await backend.Read("a"));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task DeletePrefix_OfOneJob_RemovesItsFolder()
    {
        await backend.Put("jobs/1/chunks/b", 1);

        await Store.DeletePrefix("jobs/1/", CancellationToken.None);

        Assert.False(Directory.Exists(Path.Combine(backend.Folder, "jobs", "1")));
    }

    [Fact]
    public async Task Presign_Folder_HasNoLinks()
    {
        Assert.Null(await Store.PresignGet("a", TimeSpan.FromHours(1), "video/mp4", "inline", CancellationToken.None));
        Assert.Null(await Store.PresignPut("a", TimeSpan.FromHours(1), CancellationToken.None));
    }
}
