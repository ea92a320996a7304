using LipSync.Media;
using LipSync.Steps;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Steps;

public sealed class ArtifactCacheTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly string file = Path.GetTempFileName();

    [Fact]
    public async Task Find_PastHalfItsLife_IsMadeAnew()
    {
        var cache = new ArtifactCache(new MemoryMedia(time), Options.Create(new SweepOptions()), time);
        var info = new NormalVideo(1280, 720, 25, 300);
        Assert.Null(await cache.Find<NormalVideo>("media/video/v", default));
        await cache.Put("media/video/v", file, info, default);
        Assert.Equal(info, await cache.Find<NormalVideo>("media/video/v", default));
        time.Advance(TimeSpan.FromHours(12));
        Assert.Null(await cache.Find<NormalVideo>("media/video/v", default));
    }

    [Theory]
    [InlineData("media/video/v.json", "{")]
    [InlineData("media/video/v", "cut short")]
    public async Task Find_NoteOrArtifactDamaged_IsMadeAnew(string damaged, string content)
    {
        var store = new MemoryMedia(time);
        var cache = new ArtifactCache(store, Options.Create(new SweepOptions()), time);
        await cache.Put("media/video/v", file, new NormalVideo(1280, 720, 25, 300), default);
        Assert.NotNull(await cache.Find<NormalVideo>("media/video/v", default));

        store.Add(damaged, System.Text.Encoding.UTF8.GetBytes(content));

        Assert.Null(await cache.Find<NormalVideo>("media/video/v", default));
    }

    public void Dispose() => File.Delete(file);
}
