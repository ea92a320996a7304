using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace LipSync.Tests.Idempotency;

/// <summary>Requests that are sent again with the same key.</summary>
[Collection(GatewayCollection.Name)]
public sealed class IdempotencyTests(GatewayFixture gateway)
{
    private const string Generate = "/api/v1/lipsync/generate";
    private const string Accounts = "/api/v1/admin/accounts";
    private const string OperatorsKey = "an operator's key of 32 characters";
    private const string Body = """{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4"}""";
    private const string OtherBody = """{"audioUrl":"https://example.com/b.mp3","videoUrl":"https://example.com/v.mp4"}""";

    [Fact]
    public async Task Generate_FiftyClientsWithOneKey_MakeOneJobAndGetTheSameAnswer()
    {
        using var client = gateway.NewClient(out var account);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => InTheEnd(client)));

        Assert.Single(gateway.World.Submitted, job => job.Value.AccountId == account.Id);
        Assert.Single(answers.ToHashSet(StringComparer.Ordinal));

        static async Task<string> InTheEnd(HttpClient client)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (true)
            {
                using var response = await Post(client, Generate, Body, "one key");
                if (response.StatusCode is HttpStatusCode.Accepted)
                {
                    return await response.Content.ReadAsStringAsync();
                }

                await response.Refusal(409, "idempotency_conflict");
                Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
                await pause.WaitForNextTickAsync();
            }
        }
    }

    [Fact]
    public async Task Generate_Again_AnswersTheSameBytesAndSaysSo()
    {
        using var client = gateway.NewClient(out _);

        using var first = await Post(client, Generate, Body, "k");
        using var second = await Post(client, Generate, Body, "k");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsByteArrayAsync(), await second.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.NotNull(second.Headers.Location);
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
    }

    [Fact]
    public async Task Generate_JobId_IsTheOperationsAndSortsByTime()
    {
        using var client = gateway.NewClient(out _);

        using var response = await Post(client, Generate, Body, "k");

        var id = (await response.Body()).GetProperty("data").GetProperty("jobId").GetString()!;
        Assert.True(JobId.IsWellFormed(id));
        Assert.Equal(7, Guid.ParseExact(id["job_".Length..], "N").Version);
    }

    [Theory]
    [InlineData(Generate, OtherBody)]
    [InlineData(Generate, Body + " ")]
    [InlineData(Generate + "?a=b", Body)]
    [InlineData("/api/v1/lipsync/jobs/job_00000000000000000000000000000000/cancel", Body)]
    public async Task Key_UsedForAnotherRequest_Answers409(string path, string body)
    {
        using var client = gateway.NewClient(out var account);
        using var first = await Post(client, Generate, Body, "k");

        using var other = await Post(client, path, body, "k");

        await other.Refusal(409, "idempotency_conflict");
        Assert.Null(other.Headers.RetryAfter);
        Assert.Single(gateway.World.Submitted, job => job.Value.AccountId == account.Id);
    }

    [Fact]
    public async Task Key_OfAnotherAccount_IsAnotherKey()
    {
        using var one = gateway.NewClient(out _);
        using var two = gateway.NewClient(out _);

        using var first = await Post(one, Generate, Body, "k");
        using var second = await Post(two, Generate, OtherBody, "k");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.NotEqual(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Generate_RefusedFirst_IsComputedAgainAsANewJob()
    {
        using var client = gateway.NewClient(out var account);
        gateway.World.SubmitResults[account.Id] = new SubmitResult(false, 50, 0, SubmitRefusal.InsufficientCredits);
        using var refused = await Post(client, Generate, Body, "k");
        gateway.World.SubmitResults.TryRemove(account.Id, out _);

        using var accepted = await Post(client, Generate, Body, "k");

        await refused.Refusal(402, "insufficient_credits");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        Assert.Equal(2, gateway.World.Submitted.Count(job => job.Value.AccountId == account.Id));
    }

    [Fact]
    public async Task Key_Empty_Answers400()
    {
        using var client = gateway.NewClient(out _);

        using var response = await Post(client, Generate, Body, "");

        await response.Refusal(400, "invalid_request");
    }

    [Fact]
    public void Key_GivenTwice_IsRefused()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers[IdempotencyKey.Header] = new(["one", "two"]);

        Assert.Equal(400, IdempotencyKey.Read(request, out _)?.StatusCode);
    }

    [Theory]
    [InlineData(255, 202)]
    [InlineData(256, 400)]
    public async Task Key_Long_IsTakenUpTo255Characters(int length, int status)
    {
        using var client = gateway.NewClient(out _);

        using var response = await Post(client, Generate, Body, new string('k', length));

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Upload_SameFileInAnotherForm_AnswersTheSameLinkAndStoresItOnce()
    {
        using var client = gateway.NewClient(out _);
        var before = gateway.StoredFiles.Count();

        using var first = await Upload(client, "speech");
        using var again = await Upload(client, "speech");
        using var other = await Upload(client, "another");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await other.Refusal(409, "idempotency_conflict");
        Assert.Equal(before + 1, gateway.StoredFiles.Count());

        static async Task<HttpResponseMessage> Upload(HttpClient client, string content)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads");
            request.Content = new MultipartFormDataContent(Guid.NewGuid().ToString("N")) { { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "file", "a.wav" } };
            request.Headers.Add("Idempotency-Key", "k");
            return await client.SendAsync(request);
        }
    }

    [Fact]
    public async Task Admin_AnswerWithASecret_IsGivenAgainByAnotherGatewayAndKeptProtected()
    {
        await using var one = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:Admin:Key", OperatorsKey));
        await using var two = await gateway.StartGateway(gateway.NewFolder(), ("LipSync:Admin:Key", OperatorsKey));
        var body = $$"""{"accountId":"idempotent-{{Guid.NewGuid():N}}","plan":"pro","credits":5}""";
        var key = Guid.NewGuid().ToString("N");

        using var first = await Post(Operator(one), Accounts, body, key);
        using var again = await Post(Operator(two), Accounts, body, key);
        using var without = await Post(Operator(two), Accounts, body);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await without.Refusal(409, "already_exists");
        var secret = (await first.Body()).GetProperty("data").GetProperty("key").GetString()!;
        Assert.True(ApiKey.TryParse(secret, out _));
        Assert.Contains(gateway.World.KeptAnswers, kept => kept.Key.StartsWith("admin:", StringComparison.Ordinal));
        Assert.All(gateway.World.KeptAnswers, kept => Assert.DoesNotContain(secret, Encoding.Latin1.GetString(kept.Value), StringComparison.Ordinal));
        Assert.DoesNotContain(gateway.World.KeptAnswers, kept => kept.Key.Contains(key, StringComparison.Ordinal));

        HttpClient Operator(WebApplication app)
        {
            var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
            client.DefaultRequestHeaders.Add("X-Admin-Key", OperatorsKey);
            return client;
        }
    }

    private static async Task<HttpResponseMessage> Post(HttpClient client, string path, string body, params string[] keys)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")) };
        foreach (var key in keys)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }
}
