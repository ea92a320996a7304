using System.Numerics;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Life;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Warping;

namespace LipSync.Rendering;

public class LivingPortraitTests
{
    private static readonly LifePose Turned = new(0.06f, 0.05f, -0.04f, 0.03f, -0.02f, Breath: 1, Blink: 0, Brows: 1, Gaze: 0);

    [Fact]
    public void Draw_StillPose_LeavesEveryByteOffTheLowerFace()
    {
        using var alive = Plan(default(LifePose));
        using var still = Plan();
        using var moved = alive.Draw(0);
        using var unmoved = still.Draw(0);

        Assert.True(unmoved.Bytes.Span.SequenceEqual(moved.Bytes.Span));
    }

    [Fact]
    public void Draw_HeadTurned_MovesTheFaceAndKeepsThePicturesBorders()
    {
        using var alive = Plan(Turned);
        using var still = Plan();
        using var moved = alive.Draw(0);
        using var unmoved = still.Draw(0);

        var changed = 0;
        for (var i = 0; i < moved.Y.Length; i++)
        {
            changed += moved.Y[i] != unmoved.Y[i] ? 1 : 0;
            var (x, y) = (i % moved.Width, i / moved.Width);
            if (x == 0 || y == 0 || x == moved.Width - 1 || y == moved.Height - 1)
            {
                Assert.Equal(unmoved.Y[i], moved.Y[i]);
            }
        }

        Assert.InRange(changed, moved.Y.Length / 4, moved.Y.Length);
    }

    [Fact]
    public void Draw_FaceAtTheBorder_StillMovesTheMouth()
    {
        using var plan = Plan(Turned);
        using var cut = new YuvFrame(260, 300);
        TestVideo.Paint(cut, 1);
        using var original = new YuvFrame(cut.Width, cut.Height);
        cut.CopyTo(original);

        plan.Renderer.Render(0, cut);

        var lips = Enumerable.Range(235, 40).SelectMany(y => Enumerable.Range(150, 60).Select(x => (y * cut.Width) + x));
        Assert.InRange(lips.Count(i => cut.Y[i] != original.Y[i]), 1000, 2400);
    }

    [Fact]
    public void Row_AnyPose_FetchesEveryPixelFromThePictureInOrder()
    {
        var field = new HeadField(SyntheticFace.Canonical(), SyntheticPlan.Pose, SyntheticPlan.Width, SyntheticPlan.Height);
        field.Move(Turned);
        var xs = new float[field.Area.Width];
        var ys = new float[field.Area.Width];

        for (var y = field.Area.Top; y < field.Area.Bottom; y++)
        {
            field.Row(y, xs, ys);
            Assert.All(xs, x => Assert.InRange(x, 0, SyntheticPlan.Width - 1));
            Assert.All(ys, place => Assert.InRange(place, 0, SyntheticPlan.Height - 1));

            // What lies right of a pixel comes from right of it: nothing is folded over or torn.
            Assert.All(Enumerable.Range(1, xs.Length - 1), x => Assert.InRange(xs[x] - xs[x - 1], 0.5f, 1.5f));
        }
    }

    [Fact]
    public void Draw_Blink_CoversTheEyeballAndOpensAgain()
    {
        using var plan = Plan(default(LifePose), default(LifePose) with { Blink = 0.5f }, default(LifePose) with { Blink = 1 }, default(LifePose));
        var open = EyeLuma(plan, 0);

        Assert.InRange(open, 0, 60);
        Assert.InRange(EyeLuma(plan, 1), open + 20, 160);
        Assert.InRange(EyeLuma(plan, 2), 160, 200);
        Assert.Equal(open, EyeLuma(plan, 3));
    }

    [Fact]
    public void Look_EyeTurned_MovesTheIrisAndNotTheLids()
    {
        var mesh = SyntheticPlan.Mesh;
        var lid = new Eyelid(mesh, FaceLandmarks.LeftEyeUpper, FaceLandmarks.LeftEyeLower, FaceLandmarks.LeftBrowLower, SyntheticPlan.Pose.Scale);
        var middle = (mesh[159].AsVector2() + mesh[145].AsVector2()) / 2;

        Assert.Equal(0.02f * SyntheticPlan.Pose.Scale, middle.X - lid.Look(middle, 0.02f).X, 0.1f);
        foreach (var point in FaceLandmarks.LeftEyeUpper.ToArray().Concat(FaceLandmarks.LeftEyeLower.ToArray()))
        {
            Assert.InRange(Vector2.Distance(mesh[point].AsVector2(), lid.Look(mesh[point].AsVector2(), 0.02f)), 0, 0.5f);
        }
    }

    [Fact]
    public void Draw_AfterOtherFrames_GivesTheSameBytes()
    {
        var asked = Turned with { Blink = 0.6f };
        using var plan = Plan(Turned with { Yaw = -0.05f, Blink = 1 }, asked);
        using var other = Plan(asked, asked);
        using var before = plan.Draw(0);
        using var late = plan.Draw(1);
        using var fresh = other.Draw(1);

        Assert.True(late.Bytes.Span.SequenceEqual(fresh.Bytes.Span));
        Assert.False(late.Bytes.Span.SequenceEqual(before.Bytes.Span));
    }

    [Fact]
    public void EdgeRecovery_MeshOfAFace_HasTheLipsOwnEdges()
    {
        var edges = new WarpMesh(SyntheticPlan.Speaker).All
            .SelectMany(t => new[] { (t.A, t.B), (t.B, t.C), (t.C, t.A) }).Select(e => (Math.Min(e.Item1, e.Item2), Math.Max(e.Item1, e.Item2))).ToHashSet();

        foreach (var outline in new[] { FaceLandmarks.InnerOutline, FaceLandmarks.OuterOutline })
        {
            Assert.All(Enumerable.Range(0, outline.Length), i =>
            {
                var (from, to) = (outline[i], outline[(i + 1) % outline.Length]);
                Assert.Contains((Math.Min(from, to), Math.Max(from, to)), edges);
            });
        }
    }

    /// <summary>Mean brightness between the lids of a bright face whose eyeballs are dark.</summary>
    private static double EyeLuma(SyntheticPlan plan, int number)
    {
        using var frame = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        frame.Bytes.Span.Fill(128);
        frame.Y.Fill(180);
        var (top, bottom) = ((int)SyntheticPlan.Mesh[159].Y + 3, (int)SyntheticPlan.Mesh[145].Y - 1);
        var (left, right) = ((int)SyntheticPlan.Mesh[161].X, (int)SyntheticPlan.Mesh[157].X);
        for (var y = top; y < bottom; y++)
        {
            frame.Y.Slice(y * frame.Width + left, right - left).Fill(30);
        }

        plan.Renderer.Render(number, frame);
        var sum = 0.0;
        for (var y = top; y < bottom; y++)
        {
            sum += frame.Y.Slice(y * frame.Width + left, right - left).ToArray().Average(luma => luma);
        }

        return sum / (bottom - top);
    }

    private static SyntheticPlan Plan(params LifePose[] life) =>
        new([.. Enumerable.Repeat(new PlannedFrame(1, SyntheticPlan.Open(0.06f), 0, PlannedFrame.None, PlannedFrame.None, 0), Math.Max(1, life.Length))], life: life);
}
