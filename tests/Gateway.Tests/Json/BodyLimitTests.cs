using System.Net;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Json;

/// <summary>JSON bodies of at most 64 kB, whatever their headers say. The sizes of chunks count.</summary>
[Collection(GatewayCollection.Name)]
public sealed class BodyLimitTests(GatewayFixture gateway)
{
    private const int Limit = 64 * 1024;
    private const string Json = """{"audioUrl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4"}""";

    [Theory]
    [InlineData(Limit, false, false, 202)]
    [InlineData(Limit, false, true, 202)]
    [InlineData(Limit - 1024, true, false, 202)]
    [InlineData(Limit - 1024, true, true, 202)]
    [InlineData(Limit + 1, false, false, 413)]
    [InlineData(Limit + 1, true, false, 413)]
    [InlineData(Limit + 1, false, true, 413)]
    [InlineData(Limit + 1, true, true, 413)]
    public async Task Generate_LargeBody_IsTakenUpToTheLimit(int bytes, bool chunked, bool keyed, int status)
    {
        using var client = gateway.NewClient(out _);
        client.DefaultRequestHeaders.TransferEncodingChunked = chunked;
        if (keyed)
        {
            client.DefaultRequestHeaders.Add("Idempotency-Key", "k");
        }

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(Json.PadRight(bytes)));

        if (status == 413)
        {
            await response.Refusal(413, "body_too_large");
        }

        Assert.Equal((HttpStatusCode)status, response.StatusCode);
    }
}
