using System.Net;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

[Collection(GatewayCollection.Name)]
public sealed class CancelTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Cancel_RunningJob_AnswersItsStatus()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(id, JobStatus.Cancelled) with { Error = JobError.Cancelled, CreditsUsed = 0 });

        using var response = await client.PostAsync($"/api/v1/lipsync/jobs/{id}/cancel", content: null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var data = (await response.Body()).GetProperty("data");
        Assert.Equal(("cancelled", 0), (data.GetProperty("status").GetString(), data.GetProperty("creditsUsed").GetInt64()));
    }

    [Fact]
    public async Task Cancel_EndedJob_Answers409()
    {
        using var client = gateway.NewClient(out var account);
        var id = gateway.World.NewJob(account, id => View(id, JobStatus.Completed));

        using var response = await client.PostAsync($"/api/v1/lipsync/jobs/{id}/cancel", content: null);

        await response.Refusal(409, "job_finished");
    }

    [Theory]
    [InlineData("job_00000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task Cancel_UnknownJob_Answers404(string id)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.PostAsync($"/api/v1/lipsync/jobs/{id}/cancel", content: null);

        await response.Refusal(404, "not_found");
    }

    private static JobView View(string id, JobStatus status) => new()
    {
        JobId = id,
        InputType = InputType.Video,
        Status = status,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Progress = 0,
    };
}
