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

    public void Dispose() => File.Delete(file);
}
