using System.Net;
using LipSync.Gateway.Storage.S3;
using LipSync.Storage;
using Microsoft.AspNetCore.Http;

namespace LipSync.Tests.Storage.S3;

/// <summary>What becomes of artifacts when the server or the network fails. Each test asserts that its fault met the store.</summary>
[Collection(S3Collection.Name)]
public sealed class S3FaultTests : IAsyncLifetime
{
    private const int Large = 11 * 1024 * 1024;

    private readonly S3Faults faults;
    private readonly S3Backend backend;
    private int retries = 1;
    private TimeSpan timeout = TimeSpan.FromSeconds(20);

    public S3FaultTests(S3Server server)
    {
        faults = new(server.Url);
        backend = new(
            server,
            options =>
            {
                options.RequestTimeout = timeout;
                options.Retries = retries;
            },
            faults);
    }

    private IMediaStore Store => backend.Store;

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

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Put_ServerFailsThreeTimes_IsStored(HttpStatusCode status)
    {
        retries = new S3Options().Retries;
        using var store = backend.NewStore();
        var fault = faults.Answer(status, times: 3, IsPut);

        await store.Put("a", new MemoryStream([1, 2]), 2, CancellationToken.None);

        Assert.Equal(3, fault.Fired);
        Assert.Equal([1, 2], await backend.Read("a"));
    }

    [Fact]
    public async Task Put_ServerFailsForGood_IsUnavailableAndLeavesNothing()
    {
        var fault = faults.Answer(HttpStatusCode.InternalServerError, times: int.MaxValue, IsPut);

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => backend.Put("a", 1, 2));

        Assert.Equal(2, fault.Fired);
        Assert.Empty(await backend.Everything());
    }

    [Fact]
    public async Task Put_ServerFailsInThePartsForGood_LeavesNothing()
    {
        var fault = faults.Answer(HttpStatusCode.InternalServerError, times: int.MaxValue, request => IsPart(request, 2));

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => Put("a", Large));

        Assert.Equal(2, fault.Fired);
        Assert.Empty(await backend.Everything());
    }

    [Fact]
    public async Task Put_RequestHangs_IsSentAgain()
    {
        (timeout, retries) = (TimeSpan.FromSeconds(1), 3);
        using var store = backend.NewStore();
        var fault = faults.Hang(times: 1, IsPut);

        await store.Put("a", new MemoryStream([1, 2]), 2, CancellationToken.None);

        Assert.Equal(1, fault.Fired);
        Assert.Equal([1, 2], await backend.Read("a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Put_AnswerLost_IsRepeatedOrFoundWhole(int times)
    {
        var fault = faults.LoseAnswer(times, IsPut);

        await backend.Put("a", 1, 2);

        Assert.Equal(times, fault.Fired);
        Assert.Equal([1, 2], await backend.Read("a"));
    }

    [Fact]
    public async Task Put_NeverArrivesOverAnEarlierOneOfTheSameSize_IsUnavailable()
    {
        await backend.Put("a", 1, 2);
        var fault = faults.Answer(HttpStatusCode.InternalServerError, times: int.MaxValue, IsPut);

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => backend.Put("a", 3, 4));

        Assert.Equal(2, fault.Fired);
        Assert.Equal([1, 2], await backend.Read("a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Put_AnswerToTheLastStepInPartsLost_IsFoundWhole(int times)
    {
        var fault = faults.LoseAnswer(times, request => request.Method == "POST" && request.Query.ContainsKey("uploadId"));

        await Put("a", Large);

        Assert.Equal(times, fault.Fired);
        Assert.Equal(StoreBackend.Content(Large), await backend.Read("a"));
        Assert.Equal("a", Assert.Single(await backend.Everything()));
    }

    [Fact]
    public async Task Put_AnswerToAPartLost_IsStored()
    {
        var fault = faults.LoseAnswer(times: 1, request => IsPart(request, 1));

        await Put("a", Large);

        Assert.Equal(1, fault.Fired);
        Assert.Equal(StoreBackend.Content(Large), await backend.Read("a"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_000)]
    public async Task Materialize_ConnectionBreaks_GoesOnFromThere(int after)
    {
        await Put("a", Large);
        var fault = faults.CutAnswer(after, times: 2, IsGet);

        var read = await backend.Read("a");

        Assert.Equal(2, fault.Fired);
        Assert.Equal(StoreBackend.Content(Large), read);
    }

    [Fact]
    public async Task Open_ConnectionBreaksAndTheArtifactIsReplaced_IsNotMixed()
    {
        await Put("a", Large);
        var fault = faults.CutAnswer(1000, times: 1, IsGet);
        await using var stream = await Store.Open("a", CancellationToken.None);
        await Put("a", Large + 1);

        await Assert.ThrowsAsync<FileNotFoundException>(() => stream!.CopyToAsync(Stream.Null));

        Assert.Equal(1, fault.Fired);
    }

    [Fact]
    public async Task Open_ConnectionAlwaysBreaksAtOnce_IsUnavailable()
    {
        await Put("a", Large);
        var fault = faults.CutAnswer(0, times: int.MaxValue, IsGet);

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(async () =>
        {
            await using var stream = await Store.Open("a", CancellationToken.None);
            await stream!.CopyToAsync(Stream.Null);
        });

        Assert.True(fault.Fired >= 2, $"{fault.Fired}");
    }

    [Fact]
    public async Task Materialize_ServerFailsForGood_IsUnavailableAndTriedAnewNextTime()
    {
        await Put("a", Large);
        var fault = faults.Answer(HttpStatusCode.InternalServerError, times: 2, IsGet);

        await Assert.ThrowsAsync<MediaStoreUnavailableException>(() => backend.Read("a"));

        Assert.Equal(2, fault.Fired);
        Assert.Empty(backend.CachedFiles);
        Assert.Equal(StoreBackend.Content(Large), await backend.Read("a"));
    }

    private static bool IsPut(HttpRequest request) => request.Method == "PUT";

    private static bool IsGet(HttpRequest request) => request.Method == "GET";

    private static bool IsPart(HttpRequest request, int number) => IsPut(request) && request.Query["partNumber"] == $"{number}";

    private async Task Put(string key, int bytes)
    {
        using var content = new MemoryStream(StoreBackend.Content(bytes));
        await Store.Put(key, content, bytes, CancellationToken.None);
    }
}
