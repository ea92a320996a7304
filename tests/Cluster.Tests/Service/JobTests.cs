using System.Globalization;
using System.Text.Json;

namespace LipSync.Tests.Service;

/// <summary>Whole jobs against the running service, from HTTP to mp4.</summary>
[Collection(ServiceCollectionDefinition.Name)]
public class JobTests(ServiceFixture fixture)
{
    private ServiceProcess Service => fixture.Service;

    private TestMedia Media => fixture.Media;

    [Fact]
    public async Task Generate_OfAPortraitAndSpeech_DeliversAVideoAsLongAsTheSpeech()
    {
        var before = await ServiceFixture.Credits(Service);
        var job = await Service.Client.Submit(new
        {
            imageUrl = await Service.Client.Upload(Media.Portrait),
            audioUrl = await Service.Client.Upload(Media.Speech),
            settings = new { resolution = "480p", fps = 30 },
        });

        var ended = await Service.Client.UntilEnded(job);

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(1, ended.GetProperty("creditsUsed").GetInt64());
        Assert.Equal(before - 1, await ServiceFixture.Credits(Service));
        var probe = await Download(ended);
        var video = Stream(probe, "video");
        var frames = Math.Round(TestMedia.Seconds(Media.Speech) * 30);
        Assert.Equal("h264", video.GetProperty("codec_name").GetString());
        Assert.Equal((480, 480), (video.GetProperty("width").GetInt32(), video.GetProperty("height").GetInt32()));
        Assert.Equal("30/1", video.GetProperty("r_frame_rate").GetString());
        Assert.InRange(int.Parse(video.GetProperty("nb_read_frames").GetString()!, CultureInfo.InvariantCulture), frames - 1, frames + 1);
        Assert.Equal("aac", Stream(probe, "audio").GetProperty("codec_name").GetString());
        var report = ended.GetProperty("report");
        Assert.InRange(report.GetProperty("opening").GetProperty("r").GetDouble(), 0.8, 1);
        Assert.Equal("synced", report.GetProperty("faces")[0].GetProperty("state").GetString());
        using var anyone = new HttpClient();
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await anyone.GetByteArrayAsync(new Uri(report.GetProperty("contactSheetUrl").GetString()!)))[..4]);
        Assert.StartsWith("<svg", await anyone.GetStringAsync(new Uri(report.GetProperty("plotUrl").GetString()!)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("node", "generate.mjs")]
    [InlineData("python3", "generate.py")]
    [InlineData("bash", "generate.sh")]
    public async Task LipSyncDevSample_InEachLanguage_RunsUnchanged(string interpreter, string sample)
    {
        var answer = await Task.Run(() => TestMedia.Run(
            interpreter,
            Path.Combine(AppContext.BaseDirectory, "Service", "Samples", sample),
            Service.Url.GetLeftPart(UriPartial.Authority),
            Service.Key,
            fixture.WebUrlOf(Media.Video).ToString(),
            fixture.WebUrlOf(Media.Speech).ToString()));

        var job = JsonDocument.Parse(answer).RootElement;
        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal("h264", Stream(await Download(job), "video").GetProperty("codec_name").GetString());
    }

    public static TheoryData<string, string, string> BadMedia => new()
    {
        { nameof(TestMedia.Text), nameof(TestMedia.Speech), "invalid_media" },
        { nameof(TestMedia.Empty), nameof(TestMedia.Speech), "invalid_media" },
        { nameof(TestMedia.Headers), nameof(TestMedia.Speech), "truncated_media" },
        { nameof(TestMedia.Landscape), nameof(TestMedia.Speech), "no_face_found" },
        { nameof(TestMedia.Speech), nameof(TestMedia.Speech), "no_video_stream" },
        { nameof(TestMedia.Video), nameof(TestMedia.Video), "no_audio_stream" },
        { nameof(TestMedia.Video), nameof(TestMedia.Blip), "audio_too_short" },
        { nameof(TestMedia.Video), nameof(TestMedia.Text), "invalid_media" },
    };

    [Theory]
    [MemberData(nameof(BadMedia))]
    public async Task Generate_OfMediaThatCannotBeUsed_FailsWithItsCodeAndCostsNothing(string video, string speech, string code)
    {
        var before = await ServiceFixture.Credits(Service);
        var job = await Service.Client.Submit(new
        {
            videoUrl = fixture.WebUrlOf(PathOf(video)),
            audioUrl = fixture.WebUrlOf(PathOf(speech)),
            settings = new { resolution = "480p" },
        });

        var ended = await Service.Client.UntilEnded(job);

        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Equal(code, ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(0, ended.GetProperty("creditsUsed").GetInt64());
        Assert.Equal(before, await ServiceFixture.Credits(Service));
    }

    [Theory]
    [InlineData("{web}missing.mp4", "fetch_failed")]
    [InlineData("http://no-such-host.invalid/video.mp4", "fetch_failed")]
    [InlineData("http://127.0.0.1:1/video.mp4", "fetch_forbidden_address")]
    [InlineData("http://[::ffff:10.0.0.1]/video.mp4", "fetch_forbidden_address")]
    public async Task Generate_OfAUrlThatCannotBeFetched_FailsWithItsCodeAndCostsNothing(string url, string code)
    {
        var before = await ServiceFixture.Credits(Service);
        var job = await Service.Client.Submit(new
        {
            videoUrl = url.Replace("{web}", fixture.WebUrl.ToString(), StringComparison.Ordinal),
            audioUrl = fixture.WebUrlOf(Media.Speech),
        });

        var ended = await Service.Client.UntilEnded(job);

        Assert.Equal(code, ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(before, await ServiceFixture.Credits(Service));
    }

    private string PathOf(string name) => (string)typeof(TestMedia).GetProperty(name)!.GetValue(Media)!;

    private static JsonElement Stream(JsonElement probe, string type) =>
        probe.GetProperty("streams").EnumerateArray().Single(s => s.GetProperty("codec_type").GetString() == type);

    private async Task<JsonElement> Download(JsonElement job)
    {
        var path = Path.Combine(Media.Folder, $"{Guid.NewGuid():N}.mp4");
        using var anonymous = new HttpClient();
        await File.WriteAllBytesAsync(path, await anonymous.GetByteArrayAsync(new Uri(job.GetProperty("outputUrl").GetString()!)));
        return TestMedia.Probe(path);
    }
}
