using LipSync.Media;
using LipSync.Rendering.Plans;

namespace LipSync.Rendering;

public class MouthRendererTests
{
    [Theory]
    [InlineData(PlannedFrame.None)]
    [InlineData(0)]
    public void Render_OpenMouth_ChangesOnlyTheLowerFace(int exemplar)
    {
        using var plan = Plan(Frame(1, 0.11f) with { Exemplar = exemplar });
        using var original = Original();
        using var drawn = plan.Draw(0);

        var (changedBelow, changedAbove) = (0, 0);
        for (var i = 0; i < original.Y.Length; i++)
        {
            var changed = original.Y[i] != drawn.Y[i];
            // The nose's tip lies 0.4 below the eyes, whose distance is 140 pixels.
            changedAbove += changed && i / original.Width < 140 + 0.4 * 140 ? 1 : 0;
            changedBelow += changed ? 1 : 0;
        }

        Assert.Equal(0, changedAbove);
        Assert.InRange(changedBelow, 1000, SyntheticPlan.Width * SyntheticPlan.Height / 3);
    }

    [Fact]
    public void Render_StrengthZero_LeavesEveryByte()
    {
        using var plan = Plan(PlannedFrame.Untouched);
        using var original = Original();
        using var drawn = plan.Draw(0);

        Assert.True(original.Bytes.Span.SequenceEqual(drawn.Bytes.Span));
    }

    [Fact]
    public void Render_OwnShapeAsked_LeavesThePicture()
    {
        using var plan = Plan(Frame(1, 0.01f));
        using var soft = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        for (var i = 0; i < soft.Y.Length; i++)
        {
            soft.Y[i] = (byte)(120 + 80 * Math.Sin(i % soft.Width / 9.0) * Math.Cos(i / soft.Width / 11.0));
        }

        using var drawn = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        soft.CopyTo(drawn);
        plan.Renderer.Render(0, drawn);

        var furthest = 0;
        for (var i = 0; i < soft.Y.Length; i++)
        {
            furthest = Math.Max(furthest, Math.Abs(soft.Y[i] - drawn.Y[i]));
        }

        Assert.InRange(furthest, 0, 4);
    }

    [Theory]
    [InlineData(PlannedFrame.None, PlannedFrame.None)]
    [InlineData(0, PlannedFrame.None)]
    [InlineData(1, 0)]
    public void Render_AfterOtherFrames_GivesTheSameBytes(int exemplar, int fading)
    {
        var asked = Frame(1, 0.08f) with { Exemplar = exemplar, Fading = fading, Fade = 0.3f };
        using var plan = Plan(Frame(1, 0.12f), Frame(0.4f, 0.02f) with { Exemplar = 1 }, asked);
        using var other = Plan(asked, asked, asked);
        using var before = plan.Draw(0);
        using var between = plan.Draw(1);
        using var late = plan.Draw(2);
        using var fresh = other.Draw(2);

        Assert.True(late.Bytes.Span.SequenceEqual(fresh.Bytes.Span));
        Assert.False(late.Bytes.Span.SequenceEqual(before.Bytes.Span));
    }

    [Fact]
    public void Render_FaceCutOffByTheBorder_StaysWithinThePicture()
    {
        using var plan = Plan(Frame(1, 0.12f) with { Exemplar = 0 });
        using var small = new YuvFrame(200, 260);
        TestVideo.Paint(small, 1);

        plan.Renderer.Render(0, small);
    }

    private static SyntheticPlan Plan(params PlannedFrame[] frames) => new(frames, [SyntheticPlan.CutFrom(1), SyntheticPlan.CutFrom(2)]);

    private static PlannedFrame Frame(float strength, float opening) =>
        new(strength, SyntheticPlan.Open(opening), 0, PlannedFrame.None, PlannedFrame.None, 0);

    private static YuvFrame Original()
    {
        var frame = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        TestVideo.Paint(frame, 3);
        return frame;
    }
}
