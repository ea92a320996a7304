using LipSync.Rendering.Speakers;
using LipSync.Speech;

namespace LipSync.Rendering;

public class LipInertiaTests
{
    private const int Frames = 50;

    private static readonly MouthPose Open = new(0.8f, 0.7f, 0, 0, 0, 1);

    [Fact]
    public void Of_MouthThatHolds_StaysAsItIs() =>
        Assert.All(Move(_ => Open, fps: 25), pose => Assert.Equal((Open.Opening, Open.Width), (pose.Opening, pose.Width), Close));

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(60)]
    public void Of_ClosureOfOneFrame_ClosesTheLipsAndTheyComeAndGoSmoothly(int fps)
    {
        var poses = Move(frame => Open with { Closure = frame == 25 ? 0.6f : 0 }, fps);

        Assert.Equal(0, poses[25].Opening, 3);
        Assert.InRange(poses[24].Opening, 0.01f, 0.6f * Open.Opening);
        Assert.Equal(poses[24].Opening, poses[26].Opening, 3);
        Assert.Equal(Open.Opening, poses[25 - (fps / 4)].Opening, 3);
    }

    [Fact]
    public void Of_HesitantClosure_ClosesLittle() =>
        Assert.InRange(Move(_ => Open with { Closure = 0.15f }, fps: 25)[20].Opening, 0.9f * Open.Opening, Open.Opening);

    [Fact]
    public void Of_MouthThatJumps_GoesThere()
    {
        var poses = Move(frame => frame < 25 ? MouthPose.Rest : Open, fps: 25);

        var steps = poses.Zip(poses.Skip(1), (a, b) => b.Opening - a.Opening).ToList();
        Assert.All(steps, step => Assert.InRange(step, -1e-5f, 0.5f * Open.Opening));
        Assert.Equal(Open.Opening, poses[^1].Opening, 3);
    }

    [Fact]
    public void Of_LongerThanItsTrack_ComesToRest()
    {
        var poses = LipInertia.Of(new MouthTrack([Open, Open]), Frames, fps: 25);

        Assert.Equal(Frames, poses.Length);
        Assert.Equal(0, poses[^1].Opening);
    }

    private static bool Close((float A, float B) one, (float A, float B) other) => MathF.Abs(one.A - other.A) + MathF.Abs(one.B - other.B) < 1e-5f;

    private static MouthPose[] Move(Func<int, MouthPose> pose, int fps) =>
        LipInertia.Of(new MouthTrack([.. Enumerable.Range(0, Frames).Select(pose)]), Frames, fps);
}
