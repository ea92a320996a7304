using LipSync.Media;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;

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
        using var soft = Soft();
        using var drawn = Soft();

        plan.Renderer.Render(0, drawn);

        Assert.InRange(Furthest(soft, drawn), 0, 4);
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

        using var original = new YuvFrame(small.Width, small.Height);
        small.CopyTo(original);

        plan.Renderer.Render(0, small);

        // The mouth lies at x 180: its left half is drawn, and nothing above the nose's tip.
        var changed = Enumerable.Range(0, small.Y.Length).Where(i => small.Y[i] != original.Y[i]).ToList();
        Assert.InRange(changed.Count(i => i % small.Width < 180), 500, small.Y.Length / 3);
        Assert.All(changed, i => Assert.True(i / small.Width >= 140 + 0.4 * 140));
    }

    [Theory]
    [InlineData(PlannedFrame.None)]
    [InlineData(0)]
    public void Render_HardlyAnyStrength_HardlyChangesThePicture(int exemplar)
    {
        using var plan = Plan(Frame(0.02f, 0.12f) with { Exemplar = exemplar }, Frame(1, 0.12f) with { Exemplar = exemplar });

        Assert.InRange(Change(0), 0, 6);
        Assert.InRange(Change(1), 40, 255);

        int Change(int number)
        {
            using var soft = Soft();
            using var drawn = Soft();
            plan.Renderer.Render(number, drawn);
            return Furthest(soft, drawn);
        }
    }

    [Fact]
    public void Render_SeamOffTheMesh_OpensTheLipsThere()
    {
        var offsets = new float[LipSeam.Columns];
        offsets.AsSpan(1..^1).Fill(0.05f);
        using var plan = new SyntheticPlan([Frame(1, 0.11f)], seam: LipSeam.AsMeshed with { Offsets = offsets });
        using var meshed = Plan(Frame(1, 0.11f));

        // The dark of the mouth moves down with the seam: 0.05 of an eye distance of 140 pixels.
        Assert.InRange(DarkCentre(plan) - DarkCentre(meshed), 4, 10);

        static double DarkCentre(SyntheticPlan plan)
        {
            using var drawn = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
            drawn.Bytes.Span.Fill(128);
            plan.Renderer.Render(0, drawn);
            return Enumerable.Range(0, drawn.Height).Where(y => drawn.Y[y * drawn.Width + 180] < 100).Average();
        }
    }

    private static SyntheticPlan Plan(params PlannedFrame[] frames) => new(frames, [SyntheticPlan.CutFrom(1), SyntheticPlan.CutFrom(2)]);

    private static PlannedFrame Frame(float strength, float opening) =>
        new(strength, SyntheticPlan.Open(opening), 0, PlannedFrame.None, PlannedFrame.None, 0);

    /// <summary>A picture without hard edges, which a movement of less than a pixel hardly changes; grey, bright everywhere.</summary>
    private static YuvFrame Soft()
    {
        var soft = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        soft.Bytes.Span.Fill(128);
        for (var i = 0; i < soft.Y.Length; i++)
        {
            soft.Y[i] = (byte)(130 + 80 * Math.Sin(i % soft.Width / 9.0) * Math.Cos(i / soft.Width / 11.0));
        }

        return soft;
    }

    private static int Furthest(YuvFrame a, YuvFrame b) => Enumerable.Range(0, a.Y.Length).Max(i => Math.Abs(a.Y[i] - b.Y[i]));

    private static YuvFrame Original()
    {
        var frame = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        TestVideo.Paint(frame, 3);
        return frame;
    }
}
