namespace LipSync.Tests.Storage.S3;

/// <summary>What a worker downloads, and what it keeps.</summary>
[Collection(S3Collection.Name)]
public sealed class MediaCacheTests : IAsyncLifetime
{
    private const int Bytes = 1_000_000;
    private const string Key = "media/3/video/v.mp4";

    private readonly S3Faults faults;
    private readonly S3Backend backend;
    private TimeSpan timeout = TimeSpan.FromSeconds(20);

    public MediaCacheTests(S3Server server)
    {
        faults = new(server.Url);
        backend = new(
            server,
            options =>
            {
                options.CacheBytes = 2 * Bytes;
                options.RequestTimeout = timeout;
            },
            faults);
    }

    public async Task InitializeAsync()
    {
        await faults.InitializeAsync();
        await backend.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await backend.DisposeAsync();
        await faults.DisposeAsync();
    }

    [Fact]
    public async Task Materialize_ManyAtOnce_IsDownloadedOnce()
    {
        await backend.Put(Key, StoreBackend.Content(Bytes));

        var read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => backend.Read(Key)));

        Assert.All(read, bytes => Assert.Equal(StoreBackend.Content(Bytes), bytes));
        Assert.Equal(1, Downloads(Key));
        Assert.EndsWith(".mp4", Assert.Single(backend.CachedFiles), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Materialize_FirstCallerGivesUp_GoesOnForTheOthers()
    {
        await backend.Put(Key, StoreBackend.Content(Bytes));
        timeout = TimeSpan.FromSeconds(2);
        using var store = backend.NewStore();
        var hang = faults.Hang(times: 1, request => request.Method == "GET");
        using var cancel = new CancellationTokenSource();
        var first = store.Materialize(Key, cancel.Token);
        var second = store.Materialize(Key, CancellationToken.None);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (hang.Fired == 0)
        {
            await poll.WaitForNextTickAsync();
        }

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        using var local = await second;
        Assert.Equal(StoreBackend.Content(Bytes), await File.ReadAllBytesAsync(local.Path));
    }

    [Fact]
    public async Task Materialize_RoomIsNeeded_DropsTheLongestUnusedAndNothingInUse()
    {
        foreach (var name in new[] { "1", "2", "3" })
        {
            await backend.Put(name, StoreBackend.Content(Bytes));
        }

        using var first = await backend.Store.Materialize("1", CancellationToken.None);
        await backend.Read("2");
        backend.Time.Advance(TimeSpan.FromSeconds(1));
        await backend.Read("3");

        Assert.True(File.Exists(first.Path));
        Assert.Equal(2, backend.CachedFiles.Length);
        await backend.Read("3");
        Assert.Equal(1, Downloads("3"));
        await backend.Read("2");
        Assert.Equal(2, Downloads("2"));
    }

    [Fact]
    public async Task Materialize_UnusedForADay_IsDroppedUnlessInUse()
    {
        await backend.Put("1", 1);
        await backend.Put("2", 2);
        await backend.Read("1");
        using var second = await backend.Store.Materialize("2", CancellationToken.None);
        Assert.Equal(2, backend.CachedFiles.Length);

        backend.Time.Advance(TimeSpan.FromHours(25));

        Assert.Equal(second.Path, Assert.Single(backend.CachedFiles));
    }

    [Fact]
    public async Task Materialize_AfterARestart_FindsWhatWasKept()
    {
        await backend.Put(Key, StoreBackend.Content(Bytes));
        await backend.Read(Key);
        ((IDisposable)backend.Store).Dispose();
        var unfinished = Path.Combine(Path.GetDirectoryName(backend.CachedFiles.Single())!, "left.unfinished");
        await File.WriteAllBytesAsync(unfinished, [1]);

        using var restarted = backend.NewStore();
        using var local = await restarted.Materialize(Key, CancellationToken.None);

        Assert.Equal(StoreBackend.Content(Bytes), await File.ReadAllBytesAsync(local.Path));
        Assert.Equal(1, Downloads(Key));
        Assert.False(File.Exists(unfinished));
    }

    [Fact]
    public async Task Materialize_TwoProcessesWithOneFolder_KeepApart()
    {
        await backend.Put(Key, StoreBackend.Content(Bytes));
        using var other = backend.NewStore();

        using var ours = await backend.Store.Materialize(Key, CancellationToken.None);
        using var theirs = await other.Materialize(Key, CancellationToken.None);

        Assert.NotEqual(ours.Path, theirs.Path);
    }

    [Fact]
    public async Task Materialize_FolderWasEmptied_IsDownloadedAgain()
    {
        await backend.Put(Key, StoreBackend.Content(Bytes));
        await backend.Read(Key);
        Directory.Delete(Path.GetDirectoryName(backend.CachedFiles.Single())!, recursive: true);

        Assert.Equal(StoreBackend.Content(Bytes), await backend.Read(Key));
        Assert.Equal(2, Downloads(Key));
    }

    [Fact]
    public async Task Materialize_WhatThisProcessPut_IsNotDownloaded()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, StoreBackend.Content(Bytes));
        await backend.Store.PutFile(Key, path, CancellationToken.None);

        Assert.Equal(StoreBackend.Content(Bytes), await backend.Read(Key));
        Assert.Equal(0, Downloads(Key));
        Assert.False(File.Exists(path));
    }

    private int Downloads(string key) => faults.Requests.Count(request => request.StartsWith($"GET /{backend.Bucket}/{key}", StringComparison.Ordinal));
}
