using LipSync.Faces.Tracking;
using LipSync.Media;

namespace LipSync.Faces;

public sealed class SceneCutsTests
{
    [Fact]
    public void IsCut_AnotherPicture_OnlyOnItsFirstFrame()
    {
        using var cuts = new SceneCuts();

        var found = Enumerable.Range(0, 12).Where(frame => cuts.IsCut(Stripes(frame < 6 ? 24 : 80, shift: frame)));

        Assert.Equal([6], found);
    }

    [Fact]
    public void IsCut_FastPan_IsNone()
    {
        using var cuts = new SceneCuts();

        Assert.DoesNotContain(Enumerable.Range(0, 30), frame => cuts.IsCut(Stripes(64, shift: frame * frame / 4)));
    }

    private static YuvFrame Stripes(int width, int shift)
    {
        var frame = new YuvFrame(192, 96);
        for (var i = 0; i < frame.Y.Length; i++)
        {
            frame.Y[i] = (byte)(128 + (90 * Math.Sin(Math.Tau * ((i % frame.Width) + shift) / width)));
        }

        return frame;
    }
}
