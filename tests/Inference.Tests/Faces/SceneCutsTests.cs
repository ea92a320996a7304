using LipSync.Faces.Tracking;
using LipSync.Media;

namespace LipSync.Faces;

public sealed class SceneCutsTests
{
    [Fact]
    public void IsCut_AnotherPicture_OnlyOnItsFirstFrame()
    {
        using var cuts = new SceneCuts(fps: 25);

        var found = Enumerable.Range(0, 12).Where(frame => IsCut(cuts, stripes: frame < 6 ? 24 : 80, shift: frame));

        Assert.Equal([6], found);
    }

    [Fact]
    public void IsCut_FastPan_IsNone()
    {
        using var cuts = new SceneCuts(fps: 25);

        Assert.DoesNotContain(Enumerable.Range(0, 30), frame => IsCut(cuts, stripes: 64, shift: frame * frame / 4));
    }

    [Fact]
    public void IsCut_FastPanOfASlowSource_IsNone()
    {
        using var cuts = new SceneCuts(fps: 60);

        Assert.DoesNotContain(Enumerable.Range(0, 180), frame => IsCut(cuts, stripes: 64, shift: frame / 6 * (frame / 6) / 4));
    }

    private static bool IsCut(SceneCuts cuts, int stripes, int shift)
    {
        using var frame = new YuvFrame(192, 96);
        for (var i = 0; i < frame.Y.Length; i++)
        {
            frame.Y[i] = (byte)(128 + (90 * Math.Sin(Math.Tau * ((i % frame.Width) + shift) / stripes)));
        }

        return cuts.IsCut(frame);
    }
}
