using System.Net;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

/// <summary>Jobs that give no answer when they are submitted.</summary>
[Collection(GatewayCollection.Name)]
public sealed class JobSubmissionTests(GatewayFixture gateway)
{
    private const int Always = int.MaxValue;
    private const string Minimal = """{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4"}""";

    [Fact]
    public async Task Generate_JobAnswersAtTheThirdTry_IsAccepted()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Silent[account.Id] = 2;

        var answer = client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));
        await LetTimePassUntil(() => answer.IsCompleted, step: TimeSpan.FromMilliseconds(10)); // the gateway's patience is 10 s
        using var response = await answer;

        Assert.Equal((HttpStatusCode.Accepted, 0), (response.StatusCode, gateway.World.Silent[account.Id]));
        Assert.DoesNotContain(gateway.World.Withdrawn, withdrawn => withdrawn.Spec.AccountId == account.Id);
    }

    [Fact]
    public async Task Generate_SiloDiesWithTheCall_IsSubmittedAgainAndAcceptedOnce()
    {
        using var client = gateway.NewClient(out var account);
        var lost = gateway.World.Lost[account.Id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var started = gateway.Time.GetUtcNow();

        var answer = client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));
        await LetTimePassUntil(() => answer.IsCompleted, step: TimeSpan.FromMilliseconds(10)); // the gateway's patience is 10 s
        using var response = await answer;

        lost.SetResult(new SubmitResult(true, 50, 12.3)); // the activation is done with it
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.InRange((gateway.Time.GetUtcNow() - started).TotalSeconds, 4, 10);
        Assert.Single(gateway.World.Submitted, submitted => submitted.Value.AccountId == account.Id);
        Assert.DoesNotContain(gateway.World.Withdrawn, withdrawn => withdrawn.Spec.AccountId == account.Id);
    }

    [Fact]
    public async Task Generate_JobNeverAnswersWithoutAKey_Answers503AndWithdrawsItUntilThatIsAnswered()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Silent[account.Id] = Always;
        gateway.World.DeafTo[account.Id] = true;

        using var response = await Generate(client);

        var body = await response.Refusal(503, "temporarily_unavailable");
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        var jobId = body.GetProperty("jobId").GetString()!;
        await LetTimePassUntil(() => gateway.World.Withdrawn.Any(withdrawn => withdrawn.JobId == jobId));
        Assert.Empty(gateway.World.DeafTo);
        Assert.Equal(gateway.World.Submitted[jobId], gateway.World.Withdrawn.Single(withdrawn => withdrawn.JobId == jobId).Spec);
    }

    [Fact]
    public async Task Generate_JobNeverAnswersWithAKey_Answers503AndTheSameKeyFindsTheJobLater()
    {
        using var client = gateway.NewClient(out var account);
        client.DefaultRequestHeaders.Add("Idempotency-Key", "key-1");
        gateway.World.Silent[account.Id] = Always;

        using var unanswered = await Generate(client);
        gateway.World.Silent[account.Id] = 0;
        using var answered = await Generate(client);

        var jobId = (await unanswered.Refusal(503, "temporarily_unavailable")).GetProperty("jobId").GetString();
        Assert.Equal(HttpStatusCode.Accepted, answered.StatusCode);
        Assert.Equal(jobId, (await answered.Body()).GetProperty("data").GetProperty("jobId").GetString());
        Assert.DoesNotContain(gateway.World.Withdrawn, withdrawn => withdrawn.JobId == jobId);
    }

    [Fact]
    public async Task Generate_CallerHungUpWithoutAKey_WithdrawsTheJobHeNeverHeardOf()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.Silent[account.Id] = 3;
        using var hangUp = new CancellationTokenSource();
        var answer = client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal), hangUp.Token);
        await Until(() => gateway.World.Silent[account.Id] < 3);

        await hangUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await LetTimePassUntil(() => gateway.World.Withdrawn.Any(withdrawn => withdrawn.Spec.AccountId == account.Id));
        Assert.Single(gateway.World.Withdrawn, withdrawn => withdrawn.Spec.AccountId == account.Id);
    }

    [Fact]
    public async Task Stop_WithdrawalStillOpen_IsTriedOnceMore()
    {
        var account = gateway.World.NewAccount();
        gateway.World.Silent[account.Id] = Always;
        gateway.World.DeafTo[account.Id] = true;
        await using (var other = await gateway.StartGateway(gateway.NewFolder()))
        {
            using var client = new HttpClient { BaseAddress = new(other.Urls.Single()) };
            client.DefaultRequestHeaders.Add("X-API-Key", account.Key);
            var answer = client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));
            await LetTimePassUntil(() => gateway.World.DeafTo.IsEmpty); // then time stands: nothing is tried by itself
            using var response = await answer;
            await response.Refusal(503, "temporarily_unavailable");
            Assert.DoesNotContain(gateway.World.Withdrawn, withdrawn => withdrawn.Spec.AccountId == account.Id);

            await other.StopAsync();
        }

        Assert.Single(gateway.World.Withdrawn, withdrawn => withdrawn.Spec.AccountId == account.Id);
    }

    private async Task<HttpResponseMessage> Generate(HttpClient client)
    {
        var answer = client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Minimal));
        await LetTimePassUntil(() => answer.IsCompleted);
        return await answer;
    }

    private Task LetTimePassUntil(Func<bool> holds, TimeSpan? step = null) => Until(() =>
    {
        gateway.Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
        return holds();
    });

    private static async Task Until(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!holds())
        {
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }
}
