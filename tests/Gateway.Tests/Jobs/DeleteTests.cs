using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

[Collection(GatewayCollection.Name)]
public sealed class DeleteTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Delete_Job_AnswersItsIdAndThenKnowsItNoMore()
    {
        using var client = gateway.NewClient(out var account);
        using var other = gateway.NewClient(out _);
        var id = gateway.World.NewJob(account, id => new JobView
        {
            JobId = id, InputType = InputType.Video, Status = JobStatus.Queued, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Progress = 0,
        });
        using var foreign = await other.DeleteAsync($"/api/v1/lipsync/jobs/{id}");
        await foreign.Refusal(404, "not_found");

        using var response = await client.DeleteAsync($"/api/v1/lipsync/jobs/{id}");
        using var again = await client.DeleteAsync($"/api/v1/lipsync/jobs/{id}");

        Assert.Equal("{\"success\":true,\"data\":{\"jobId\":\"" + id + "\",\"deleted\":true}}", await response.Content.ReadAsStringAsync());
        await again.Refusal(404, "not_found");
    }

    [Theory]
    [InlineData("job_00000000000000000000000000000000")]
    [InlineData("nonsense")]
    public async Task Delete_UnknownJob_Answers404(string id)
    {
        using var client = gateway.NewClient(out _);

        using var response = await client.DeleteAsync($"/api/v1/lipsync/jobs/{id}");

        await response.Refusal(404, "not_found");
    }
}
