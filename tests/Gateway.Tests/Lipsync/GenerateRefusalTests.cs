using System.Net.Http.Headers;
using System.Text;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Lipsync;

[Collection(GatewayCollection.Name)]
public sealed class GenerateRefusalTests(GatewayFixture gateway)
{
    private const string Audio = "\"audioUrl\":\"https://example.com/a.mp3\"";
    private const string Media = Audio + ",\"videoUrl\":\"https://example.com/v.mp4\"";

    [Theory]
    [InlineData("{}", "audioUrl videoUrl")]
    [InlineData("{" + Audio + "}", "videoUrl")]
    [InlineData("""{"videoUrl":"https://example.com/v.mp4"}""", "audioUrl")]
    [InlineData("{" + Media + ",\"imageUrl\":\"https://example.com/i.png\"}", "imageUrl")]
    [InlineData("""{"audioUrl":null,"videoUrl":"https://example.com/v.mp4"}""", "audioUrl")]
    [InlineData("{" + Audio + ",\"videoUrl\":5}", "videoUrl")]
    [InlineData("{" + Audio + ",\"videoUrl\":{}}", "videoUrl")]
    [InlineData("{" + Audio + ",\"videoUrl\":[\"https://example.com/v.mp4\"]}", "videoUrl")]
    [InlineData("{" + Media + ",\"settings\":\"720p\"}", "settings")]
    [InlineData("{" + Media + ",\"settings\":[]}", "settings")]
    [InlineData("{" + Media + ",\"settings\":{\"fps\":\"25\"}}", "settings.fps")]
    [InlineData("{" + Media + ",\"settings\":{\"fps\":25.5}}", "settings.fps")]
    [InlineData("{" + Media + ",\"settings\":{\"fps\":99999999999}}", "settings.fps")]
    [InlineData("{" + Media + ",\"settings\":{\"maxDuration\":0}}", "settings.maxDuration")]
    [InlineData("{" + Media + ",\"settings\":{\"maxDuration\":-1}}", "settings.maxDuration")]
    [InlineData("{" + Media + ",\"settings\":{\"maxDuration\":1e999}}", "settings.maxDuration")]
    [InlineData("{" + Media + ",\"settings\":{\"maxDuration\":\"NaN\"}}", "settings.maxDuration")]
    [InlineData("{" + Media + ",\"webhookUrl\":\"ftp://example.com\"}", "webhookUrl")]
    [InlineData("{" + Media + ",\"webhookUrl\":true}", "webhookUrl")]
    [InlineData("{" + Media + ",\"priority\":\"high\"}", "priority")]
    [InlineData("""{"audiourl":"https://example.com/a.mp3","videoUrl":"https://example.com/v.mp4"}""", "audiourl audioUrl")]
    [InlineData("{" + Media + "," + Audio + "}", "audioUrl")]
    [InlineData("{" + Media + ",\"x\":1,\"settings\":{\"y\":1}}", "x settings.y")]
    public async Task Generate_InvalidRequest_NamesTheFields(string json, string fields)
    {
        var body = await Refused(json, 400, "invalid_request");

        Assert.Equal(fields, string.Join(' ', body.GetProperty("errors").Members()));
    }

    [Theory]
    [InlineData("\"left\"", "settings.face")]
    [InlineData("\"Largest\"", "settings.face")]
    [InlineData("1", "settings.face")]
    [InlineData("true", "settings.face")]
    [InlineData("[]", "settings.face")]
    [InlineData("{}", "settings.face")]
    [InlineData("{\"time\":1}", "settings.face")]
    [InlineData("{\"time\":1,\"x\":0.5,\"y\":0.5,\"trackId\":1}", "settings.face")]
    [InlineData("{\"time\":1,\"x\":0.5,\"z\":0.5}", "settings.face")]
    [InlineData("{\"time\":1,\"x\":0.5,\"x\":0.5}", "settings.face")]
    [InlineData("{\"trackId\":-1}", "settings.face.trackId")]
    [InlineData("{\"trackId\":1.5}", "settings.face.trackId")]
    [InlineData("{\"trackId\":\"1\"}", "settings.face.trackId")]
    [InlineData("{\"time\":-1,\"x\":0.5,\"y\":0.5}", "settings.face.time")]
    [InlineData("{\"time\":1e999,\"x\":0.5,\"y\":0.5}", "settings.face.time")]
    [InlineData("{\"time\":1,\"x\":640,\"y\":-0.1}", "settings.face.x settings.face.y")]
    public async Task Generate_FaceThatIsNoChoice_NamesTheMember(string face, string fields)
    {
        var body = await Refused("{" + Media + ",\"settings\":{\"face\":" + face + "}}", 400, "invalid_request");

        Assert.Equal(fields, string.Join(' ', body.GetProperty("errors").Members()));
    }

    [Theory]
    [InlineData("\"text\":\"Hello\"", "text")]
    [InlineData("\"voice\":\"amy\"", "voice")]
    [InlineData("\"settings\":{\"model\":\"wav2lip\"}", "settings.model")]
    [InlineData("\"settings\":{\"codec\":\"h265\",\"bitrate\":5}", "settings.codec settings.bitrate")]
    [InlineData("\"settings\":{\"resolution\":\"4k\"}", "settings.resolution")]
    [InlineData("\"settings\":{\"resolution\":\"P720\"}", "settings.resolution")]
    [InlineData("\"settings\":{\"resolution\":720}", "settings.resolution")]
    [InlineData("\"settings\":{\"resolution\":\"720p,480p\"}", "settings.resolution")]
    [InlineData("\"settings\":{\"syncMode\":\"bounce,loop\"}", "settings.syncMode")]
    [InlineData("\"settings\":{\"syncMode\":\"Bounce\"}", "settings.syncMode")]
    [InlineData("\"settings\":{\"fps\":23}", "settings.fps")]
    [InlineData("\"settings\":{\"fps\":61}", "settings.fps")]
    [InlineData("\"settings\":{\"syncMode\":\"stretch\"}", "settings.syncMode")]
    [InlineData("\"settings\":{\"syncMode\":\"1\"}", "settings.syncMode")]
    [InlineData("\"settings\":{\"noFace\":\"freeze\"}", "settings.noFace")]
    [InlineData("\"settings\":{\"motion\":\"some\"}", "settings.motion")]
    public async Task Generate_UnsupportedSetting_NamesIt(string members, string fields)
    {
        var body = await Refused("{" + Media + "," + members + "}", 400, "unsupported_setting");

        Assert.Equal(fields, string.Join(' ', body.GetProperty("errors").Members()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ftp://example.com/a.mp3")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/a.mp3")]
    [InlineData("example.com/a.mp3")]
    [InlineData("https://")]
    [InlineData("https://user:secret@example.com/a.mp3")]
    [InlineData(" https://example.com/a.mp3")]
    [InlineData("https://example.com/a.mp3\\r\\nX-Evil: 1")]
    [InlineData("https://example.com/\\u0000")]
    [InlineData("data:audio/mpeg;base64,AAAA")]
    public async Task Generate_BadUrl_NamesTheField(string url)
    {
        var body = await Refused($$"""{"audioUrl":"{{url}}","imageUrl":"https://example.com/i.png"}""", 400, "invalid_request");

        Assert.Equal("audioUrl", Assert.Single(body.GetProperty("errors").Members()));
    }

    [Fact]
    public async Task Generate_UrlOfMoreThan2048Characters_NamesTheField()
    {
        var url = "https://example.com/" + new string('a', 2029);

        var body = await Refused($$"""{"audioUrl":"{{url}}","imageUrl":"{{url[..^1]}}"}""", 400, "invalid_request");

        Assert.Equal("audioUrl", Assert.Single(body.GetProperty("errors").Members()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    [InlineData("{")]
    [InlineData("{\"audioUrl\":}")]
    [InlineData("{'audioUrl':'https://example.com'}")]
    [InlineData("{} {}")]
    [InlineData("audioUrl=https%3A%2F%2Fexample.com")]
    public async Task Generate_NotAJsonObject_IsInvalid(string text)
    {
        var body = await Refused(text, 400, "invalid_request");

        Assert.False(body.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task Generate_DeepJson_IsInvalid() =>
        await Refused("{" + Media + ",\"settings\":{\"x\":" + new string('[', 5000) + new string(']', 5000) + "}}", 400, "invalid_request");

    [Theory]
    [InlineData("{\"audioUrl\":\"https://example.com/", "\"}")]
    [InlineData("{\"", "\":1}")]
    [InlineData("{\"settings\":{\"", "\":1}}")]
    [InlineData("{\"x\":\"", "\"}")]
    public async Task Generate_InvalidUtf8_IsInvalid(string before, string after)
    {
        using var client = gateway.NewClient(out _);
        using var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes(before), 0xC3, 0x28, 0xFF, .. Encoding.ASCII.GetBytes(after)]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var response = await client.PostAsync("/api/v1/lipsync/generate", content);

        await response.Refusal(400, "invalid_request");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Generate_MoreThanOneMegabyte_IsTooLarge(bool chunked)
    {
        using var client = gateway.NewClient(out _);
        client.DefaultRequestHeaders.TransferEncodingChunked = chunked;

        using var response = await client.PostAsync(
            "/api/v1/lipsync/generate", Answers.Json("{" + Media + ",\"x\":\"" + new string('x', 64 * 1024) + "\"}"));

        await response.Refusal(413, "body_too_large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Generate_NotSentAsJson_IsUnsupported(string type)
    {
        using var client = gateway.NewClient(out _);
        using var content = Answers.Json("{" + Media + "}");
        content.Headers.ContentType = new MediaTypeHeaderValue(type);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", content);

        await response.Refusal(415, "unsupported_media_type");
    }

    [Fact]
    public async Task Generate_Refused_SubmitsNothing()
    {
        using var client = gateway.NewClient(out var account);

        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json("{}"));

        await response.Refusal(400, "invalid_request");
        Assert.DoesNotContain(gateway.World.Submitted.Values, spec => spec.AccountId == account.Id);
    }

    private async Task<System.Text.Json.JsonElement> Refused(string json, int status, string code)
    {
        using var client = gateway.NewClient(out _);
        using var response = await client.PostAsync("/api/v1/lipsync/generate", Answers.Json(json));
        return await response.Refusal(status, code);
    }
}
