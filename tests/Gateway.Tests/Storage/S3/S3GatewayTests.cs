using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using LipSync.Gateway.Hosting;
using LipSync.Jobs;
using LipSync.Storage;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LipSync.Tests.Storage.S3;

/// <summary>A gateway whose media store is S3.</summary>
[Collection(GatewayCollection.Name)]
public sealed class S3GatewayTests(GatewayFixture gateway, S3Server server) : IClassFixture<S3Server>
{
    private static readonly byte[] Content = StoreBackend.Content(1_000_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OutputUrl_DirectOrNot_OpensInPartWithItsName(bool direct)
    {
        await using var app = await StartGateway(("DirectLinks", $"{direct}"));
        using var client = gateway.NewClient(out var account);
        using var anybody = new HttpClient();
        var id = gateway.World.NewJob(account, id => new JobView
        {
            JobId = id, InputType = InputType.Video, Status = JobStatus.Completed, Progress = 100, OutputKey = $"jobs/{id}/output.mp4",
            CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
        });
        using var content = new MemoryStream(Content);
        await app.Services.GetRequiredService<IMediaStore>().Put($"jobs/{id}/output.mp4", content, Content.Length, CancellationToken.None);

        var status = await client.GetStringAsync(new Uri(new Uri(app.Urls.Single()), $"/api/v1/lipsync/status/{id}"));
        var url = new Uri(JsonDocument.Parse(status).RootElement.GetProperty("data").GetProperty("outputUrl").GetString()!);
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Range = new RangeHeaderValue(500_000, 500_099) } };
        using var response = await anybody.SendAsync(request);

        Assert.Equal(direct ? server.Url.Authority : new Uri(app.Urls.Single()).Authority, url.Authority);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(Content[500_000..500_100], await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("bytes 500000-500099/1000000", response.Content.Headers.ContentRange?.ToString());
        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.ToString());
        Assert.Equal($"inline; filename={id}.mp4", response.Content.Headers.ContentDisposition?.ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Presign_DirectOrNot_TakesTheFileWithoutAKey(bool direct)
    {
        await using var app = await StartGateway(("DirectLinks", $"{direct}"));
        using var client = gateway.NewClient(out _);
        using var anybody = new HttpClient();

        using var presigned = await client.PostAsync(new Uri(new Uri(app.Urls.Single()), "/api/v1/uploads?presign=true"), content: null);
        var place = (await presigned.Body()).GetProperty("data");
        var uploadUrl = new Uri(place.GetProperty("uploadUrl").GetString()!);
        using var put = await anybody.PutAsync(uploadUrl, new ByteArrayContent([1, 2, 3]));

        Assert.Equal(direct ? server.Url.Authority : new Uri(app.Urls.Single()).Authority, uploadUrl.Authority);
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal([1, 2, 3], await anybody.GetByteArrayAsync(place.GetProperty("url").GetString()));
    }

    [Fact]
    public async Task Ready_ServerStopsAndComesBack_IsUnhealthyMeanwhile()
    {
        await using var app = await StartGateway(("Retries", "0"));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready")).StatusCode);

        await server.Stop();
        var stopped = (await client.GetAsync("/health/ready")).StatusCode;
        await server.Start();
        var back = (await client.GetAsync("/health/ready")).StatusCode;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, stopped);
        Assert.Equal(HttpStatusCode.OK, back);
    }

    [Fact]
    public async Task Start_ServerSilent_StartsAndIsNotReady()
    {
        await using var app = await StartGateway(("ServiceUrl", "http://127.0.0.1:1"), ("Retries", "0"));
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/health/ready")).StatusCode);
    }

    [Theory]
    [InlineData("Bucket", "nowhere", "does not exist")]
    [InlineData("SecretKey", "wrong", "SignatureDoesNotMatch")]
    [InlineData("AccessKey", "nobody", "InvalidAccessKeyId")]
    public async Task Start_BucketMissingOrRefused_FailsWithASentence(string setting, string value, string expected)
    {
        var failure = await Assert.ThrowsAsync<ConfigurationException>(() => StartGateway((setting, value)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("LipSync:Media:S3:", failure.Message, StringComparison.Ordinal);
    }

    private async Task<WebApplication> StartGateway(params (string Key, string Value)[] settings)
    {
        (string, string)[] all =
        [
            ("LipSync:Media:Store", "s3"),
            ("LipSync:Media:S3:ServiceUrl", server.Url.AbsoluteUri),
            ("LipSync:Media:S3:Bucket", await server.NewBucket()),
            ("LipSync:Media:S3:AccessKey", S3Server.AccessKey),
            ("LipSync:Media:S3:SecretKey", S3Server.SecretKey),
            .. settings.Select(setting => ($"LipSync:Media:S3:{setting.Key}", setting.Value)),
        ];
        return await gateway.StartGateway("unused", all);
    }
}
