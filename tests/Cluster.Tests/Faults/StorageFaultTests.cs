using System.Net;
using LipSync.Tests.Processes;
using LipSync.Tests.Storage.S3;
using Microsoft.AspNetCore.Http;

namespace LipSync.Tests.Faults;

/// <summary>The media store fails while jobs run: no job completes without an output of the recorded size and hash.</summary>
public sealed class StorageFaultTests : IAsyncLifetime
{
    private readonly S3Server server = new();
    private S3Faults? faults;
    private LocalCluster? cluster;

    private S3Faults Faults => faults!;

    private LocalCluster Cluster => cluster!;

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        faults = new(server.Url);
        await faults.InitializeAsync();
        cluster = await LocalCluster.Start(new ClusterShape
        {
            Settings = new Dictionary<string, string>(Sets.ShortLeases, StringComparer.Ordinal)
            {
                ["LipSync:Media:Store"] = "S3",
                ["LipSync:Media:S3:ServiceUrl"] = faults.Url.ToString(),
                ["LipSync:Media:S3:Bucket"] = await server.NewBucket(),
                ["LipSync:Media:S3:AccessKey"] = S3Server.AccessKey,
                ["LipSync:Media:S3:SecretKey"] = S3Server.SecretKey,
                ["LipSync:Media:S3:CacheFolder"] = Path.Combine(server.Folder, ".cache"),
                ["LipSync:Media:S3:RequestTimeout"] = "00:00:03",
            },
        });
    }

    public async Task DisposeAsync()
    {
        await Cluster.DisposeAsync();
        await Faults.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task S3_FailsIsSlowAndLosesItsAnswer_EveryOutputIsWhole()
    {
        var request = await Request();
        var undisturbed = await Evidence.OutputOf(Cluster, await Cluster.SubmitOnce(request));
        var failing = Faults.Answer(HttpStatusCode.InternalServerError, times: 3, IsPutOf("chunk-"));
        var silent = Faults.Hang(times: 1, IsPutOf("output.mp4"));
        var lost = Faults.LoseAnswer(times: 1, IsPutOf("output.mp4"));
        var failingRead = Faults.Answer(HttpStatusCode.ServiceUnavailable, times: 2, wanted => HttpMethods.IsGet(wanted.Method) && wanted.Path.Value!.Contains("output.mp4", StringComparison.Ordinal));

        var job = await Cluster.SubmitOnce(request);

        Assert.Equal(undisturbed, await Evidence.OutputOf(Cluster, job));
        Assert.Equal((3, 1, 1, 2), (failing.Fired, silent.Fired, lost.Fired, failingRead.Fired));
        await Evidence.LedgerAgrees(Cluster);
    }

    [Fact]
    public async Task S3_GoneForAWhile_JobsWaitForItAndNoneFails()
    {
        var request = await Request();
        var undisturbed = await Evidence.OutputOf(Cluster, await Cluster.SubmitOnce(request));
        var jobs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Cluster.SubmitOnce(request)));

        await server.Stop();
        var control = Cluster.Named("control-1");
        using (var limit = new CancellationTokenSource(Evidence.Patience))
        using (var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100)))
        {
            // Long enough that an item was given back for it.
            while (!new[] { control, Cluster.Named("gpu-1"), Cluster.Named("gpu-2") }
                .Any(program => program.Log.Any(line => line.Contains("the media store can't be reached", StringComparison.Ordinal))))
            {
                await poll.WaitForNextTickAsync(limit.Token);
            }
        }

        await server.Start();
        foreach (var job in jobs)
        {
            Assert.Equal(undisturbed, await Evidence.OutputOf(Cluster, job));
        }

        await Evidence.LedgerAgrees(Cluster);
    }

    private async Task<object> Request() => new { imageUrl = await Cluster.UploadSpeech(1, "video"), audioUrl = await Cluster.UploadSpeech(16) };

    private static Func<HttpRequest, bool> IsPutOf(string key) =>
        request => HttpMethods.IsPut(request.Method) && request.Path.Value!.Contains(key, StringComparison.Ordinal);
}
