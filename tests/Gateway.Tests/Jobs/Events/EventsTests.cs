using System.Net;
using System.Text.Json;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs.Events;

[Collection(GatewayCollection.Name)]
public sealed class EventsTests(GatewayFixture gateway)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_JobThatGoesOn_SendsEachChangeOnceAndEndsWithTheJob()
    {
        using var client = gateway.NewClient(out var account);
        var job = View(JobStatus.Queued) with { QueuePosition = 2 };
        var id = gateway.World.NewJob(account, id => job with { JobId = id });
        await using var stream = await Open(client, id);

        var first = await stream.Next();
        Assert.Equal(("queued..0.2", "status"), (first.Id, first.Event));
        Assert.Equal(JsonDocument.Parse(await client.GetStringAsync($"/api/v1/lipsync/status/{id}")).RootElement.GetProperty("data").GetRawText(), first.Data);

        // Times that change by themselves are no news.
        job = job with { ProcessingTime = TimeSpan.FromSeconds(5) };
        await Advance(TimeSpan.FromSeconds(2));
        job = job with { Status = JobStatus.Processing, Stage = Stage.Render, Progress = 40, QueuePosition = 0 };
        Assert.Equal("processing.render.40.0", (await stream.Next()).Id);

        job = job with { Status = JobStatus.Completed, Progress = 100 };
        var last = await stream.Next();
        Assert.Equal(("completed", "completed"), (last.Id, last.Event));
        Assert.Null(await stream.Line());
    }

    [Fact]
    public async Task Events_KeyIsRevokedMeanwhile_EndWithinFiveSeconds()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(JobStatus.Queued) with { JobId = id });
        await using var stream = await Open(client, id);
        await stream.Next();

        gateway.World.Revoke(account);
        await Advance(TimeSpan.FromSeconds(5.5));

        Assert.Null(await stream.Line());
    }

    [Theory]
    [InlineData(JobStatus.Failed, "failed")]
    [InlineData(JobStatus.Cancelled, "cancelled")]
    public async Task Events_JobThatEnded_SendsItsEndAlone(JobStatus status, string name)
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(status) with { JobId = id, Error = new("no_face_found", "Nobody.") });
        await using var stream = await Open(client, id);

        var end = await stream.Next();

        Assert.Equal((name, name), (end.Id, end.Event));
        Assert.Null(await stream.Line());
    }

    [Fact]
    public async Task Events_ResumedAfterTheEnd_AnswersNothingForGood()
    {
        using var client = gateway.NewClient(out var account);
        client.DefaultRequestHeaders.Add("Last-Event-ID", "completed");
        var id = gateway.World.NewJob(account, id => View(JobStatus.Completed) with { JobId = id });

        using var response = await client.GetAsync($"/api/v1/lipsync/jobs/{id}/events");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task Events_Resumed_SendsNothingThatWasSeen()
    {
        using var client = gateway.NewClient(out var account);
        client.DefaultRequestHeaders.Add("Last-Event-ID", "processing.render.40.0");
        var job = View(JobStatus.Processing) with { Stage = Stage.Render, Progress = 40, QueuePosition = 0 };
        var id = gateway.World.NewJob(account, id => job with { JobId = id });
        await using var stream = await Open(client, id);

        await Advance(TimeSpan.FromSeconds(2));
        job = job with { Progress = 41 };

        Assert.Equal("processing.render.41.0", (await stream.Next()).Id);
    }

    [Fact]
    public async Task Events_NothingHappens_ACommentKeepsTheConnection()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(JobStatus.Queued) with { JobId = id });
        await using var stream = await Open(client, id);
        await stream.Next();

        await Advance(TimeSpan.FromSeconds(16));

        Assert.Equal(": still here", await stream.Line());
    }

    [Fact]
    public async Task Events_JobDoesNotAnswerForAWhile_TheStreamGoesOn()
    {
        using var client = gateway.NewClient(out var account);
        var (job, failures) = (View(JobStatus.Queued), 0);
        var id = gateway.World.NewJob(account, id => failures-- > 0 ? throw new TimeoutException("10.0.0.7:11111 did not answer") : job with { JobId = id });
        await using var stream = await Open(client, id);
        await stream.Next();

        failures = 3;
        job = job with { Progress = 1 };

        Assert.Equal("queued..1.", (await stream.Next()).Id);
        Assert.True(failures < 0);
    }

    [Fact]
    public async Task Events_JobIsDeletedMeanwhile_TheStreamEnds()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(JobStatus.Queued) with { JobId = id });
        await using var stream = await Open(client, id);
        await stream.Next();

        gateway.World.Jobs.TryRemove(id, out _);
        await Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await stream.Line());
    }

    [Fact]
    public async Task Events_OneStreamTooMany_IsRefusedUntilOneIsClosed()
    {
        using var client = gateway.NewClient(out var account);
        using var other = gateway.NewClient(out var neighbour);
        var id = gateway.World.NewJob(account, id => View(JobStatus.Queued) with { JobId = id });
        var theirs = gateway.World.NewJob(neighbour, id => View(JobStatus.Queued) with { JobId = id });
        List<EventReader> streams = [];
        for (var number = 0; number < 20; number++)
        {
            streams.Add(await Open(client, id));
        }

        using var refused = await client.GetAsync($"/api/v1/lipsync/jobs/{id}/events");
        await refused.Refusal(429, "rate_limited");
        Assert.NotNull(refused.Headers.RetryAfter);
        await (await Open(other, theirs)).DisposeAsync();

        await streams[0].DisposeAsync();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(Patience);
        HttpResponseMessage response;
        while ((response = await client.GetAsync($"/api/v1/lipsync/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead)).StatusCode != HttpStatusCode.OK)
        {
            response.Dispose();
            await poll.WaitForNextTickAsync(limit.Token);
        }

        response.Dispose();
        foreach (var stream in streams)
        {
            await stream.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("job_00000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task Events_UnknownJob_Answers404(string id)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.GetAsync($"/api/v1/lipsync/jobs/{id}/events");

        await response.Refusal(404, "not_found");
    }

    private async Task<EventReader> Open(HttpClient client, string id)
    {
        var response = await client.GetAsync($"/api/v1/lipsync/jobs/{id}/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var reader = new EventReader(response, await response.Content.ReadAsStreamAsync(), () => Advance(TimeSpan.FromSeconds(0.5)));
        Assert.Equal("retry: 2000", await reader.Line());
        Assert.Equal("", await reader.Line());
        return reader;
    }

    private async Task Advance(TimeSpan time)
    {
        for (var step = TimeSpan.Zero; step < time; step += TimeSpan.FromSeconds(0.5))
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(0.5));
            await Task.Yield();
        }
    }

    private static JobView View(JobStatus status) => new()
    {
        JobId = "", InputType = InputType.Video, Status = status, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Progress = 0,
    };
}
