using LipSync.Gateway.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Storage;

public sealed class FolderBackend : StoreBackend
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("lipsync-store-").FullName;

    public override Task InitializeAsync()
    {
        Store = new FolderMediaStore(Options.Create(new MediaStoreOptions { Folder = Folder }));
        return Task.CompletedTask;
    }

    public override Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    public override Task<string[]> Everything() => Task.FromResult<string[]>(
        [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal)]);

    public override void Age(string key) => File.SetLastWriteTimeUtc(Path.Combine(Folder, key), DateTime.UtcNow.AddDays(-2));

    public override async Task LeaveUnfinished()
    {
        const string Left = ".unfinished/left";
        await File.WriteAllBytesAsync(Path.Combine(Folder, Left), [1]);
        Age(Left);
    }
}
