using LipSync.Rendering.Life;
using LipSync.Speech;

namespace LipSync.Rendering;

public class LifePlanTests
{
    private const int Fps = 25;
    private const int Minute = 60 * Fps;

    [Fact]
    public void Of_SameSeed_IsTheSameAndAnotherSeedAnother()
    {
        var one = LifePlan.Of(Speech(), Minute, Fps, "job-1");

        Assert.Equal(one, LifePlan.Of(Speech(), Minute, Fps, "job-1"));
        Assert.NotEqual(one, LifePlan.Of(Speech(), Minute, Fps, "job-2"));
    }

    [Fact]
    public void Of_FirstFrame_IsThePictureAsItIs()
    {
        Assert.Equal(default, LifePlan.Of(Speech(), Minute, Fps, "job")[0]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    public void Of_AMinute_BlinksAsOftenAsPeopleDoAndOpensAgain(string seed)
    {
        var lids = LifePlan.Of(Speech(), Minute, Fps, seed).Select(pose => pose.Blink).ToArray();
        var starts = Enumerable.Range(1, Minute - 1).Where(frame => lids[frame] > 0 && lids[frame - 1] <= 0).ToList();

        Assert.InRange(starts.Count, 9, 30);
        foreach (var start in starts.Where(start => start < Minute - 20))
        {
            var length = lids.Skip(start).TakeWhile(closed => closed > 0).Count();
            Assert.InRange(length, 0.2 * Fps, 0.4 * Fps);
            Assert.InRange(lids.Skip(start).Take(length).Max(), 0.9, 1);
        }
    }

    [Fact]
    public void Of_PausesInTheSpeech_DrawTheBlinks()
    {
        // Phrases of 2.4 s with pauses of 0.8 s: by chance one blink in four would begin in the second after a phrase's end.
        var lids = LifePlan.Of(Speech(), 10 * Minute, Fps, "job").Select(pose => pose.Blink).ToArray();
        var starts = Enumerable.Range(1, lids.Length - 1).Where(frame => lids[frame] > 0 && lids[frame - 1] <= 0).ToList();

        Assert.InRange(starts.Count(frame => frame % 80 is >= 56 and < 70), 0.4 * starts.Count, starts.Count);
    }

    [Fact]
    public void Of_HeadAtAnyTime_MovesLittleAndSmoothly()
    {
        var poses = LifePlan.Of(Speech(), Minute, Fps, "job");

        Assert.All(poses, pose => Assert.InRange(Math.Abs(pose.Yaw) + Math.Abs(pose.Pitch) + Math.Abs(pose.Roll), 0, 0.2));
        Assert.InRange(poses.Max(pose => pose.Yaw) - poses.Min(pose => pose.Yaw), 0.03, 0.2);
        for (var frame = 1; frame < poses.Length; frame++)
        {
            Assert.InRange(Math.Abs(poses[frame].Yaw - poses[frame - 1].Yaw), 0, 0.006);
            Assert.InRange(Math.Abs(poses[frame].Pitch - poses[frame - 1].Pitch), 0, 0.015);
        }
    }

    [Fact]
    public void Of_Eyes_JumpALittleAndHoldTheViewerWhileTheHeadTurns()
    {
        var poses = LifePlan.Of(Speech(), Minute, Fps, "job");
        var fixations = poses.Select(pose => pose.Gaze + 0.13f * pose.Yaw).ToArray();

        Assert.All(fixations, gaze => Assert.InRange(gaze, -0.0141f, 0.0141f));
        Assert.InRange(fixations.Max() - fixations.Min(), 0.01f, 0.03f);
        Assert.InRange(Enumerable.Range(1, Minute - 1).Count(frame => Math.Abs(fixations[frame] - fixations[frame - 1]) > 1e-4f), 20, 200);
    }

    [Fact]
    public void Of_StressedSpeech_LiftsTheBrowsAndSilenceDoesNot()
    {
        Assert.InRange(LifePlan.Of(Speech(), Minute, Fps, "job").Max(pose => pose.Brows), 0.3, 1);
        Assert.Equal(0, LifePlan.Of(new MouthTrack([]), Minute, Fps, "job").Max(pose => pose.Brows));
    }

    /// <summary>Phrases of 2.4 seconds, pauses of 0.8, a wide vowel every 0.8 seconds.</summary>
    private static MouthTrack Speech() => new([.. Enumerable.Range(0, 10 * Minute).Select(frame => frame % 80 < 60
        ? MouthPose.Rest with { Voice = 1, Opening = 0.3f + (frame % 20 is > 6 and < 12 ? 0.6f : 0) }
        : MouthPose.Rest)]);
}
