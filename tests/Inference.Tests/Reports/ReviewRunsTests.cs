using LipSync.Media;
using LipSync.Rendering;

namespace LipSync.Reports;

public class ReviewRunsTests
{
    [Theory]
    [InlineData(1, 25)]
    [InlineData(150, 25)]
    [InlineData(360, 60)]
    public void Of_ShortOutput_IsAllOfIt(int frames, int fps) => Assert.Equal([(0, frames)], ReviewRuns.Of(Drawn(frames), fps));

    [Theory]
    [InlineData(151, 25)]
    [InlineData(275, 25)]
    [InlineData(45_000, 25)]
    [InlineData(36_000, 60)]
    public void Of_LongerOutput_IsSixSecondsAtMostFromBeginningToEnd(int frames, int fps)
    {
        var runs = ReviewRuns.Of(Drawn(frames), fps);

        Assert.InRange(runs.Sum(run => run.Count), 3 * fps, 6 * fps);
        Assert.All(runs, run => Assert.Equal(0, run.First % FrameWriter.SegmentFrames));
        Assert.All(runs.Zip(runs.Skip(1)), pair => Assert.True(pair.First.First + pair.First.Count <= pair.Second.First));
        Assert.Equal(0, runs[0].First);
        Assert.InRange(runs[^1].First + runs[^1].Count, frames - (3 * fps), frames);
    }

    [Fact]
    public void Of_MouthDrawnInTheMiddleOnly_LooksThere()
    {
        var frames = Drawn(3000);
        for (var i = 0; i < frames.Length; i++)
        {
            frames[i] = i is >= 1000 and < 1400 ? frames[i] : default;
        }

        Assert.All(ReviewRuns.Of(frames, 25), run => Assert.InRange(run.First, 1000, 1399));
    }

    private static PlannedMouth[] Drawn(int frames) => [.. Enumerable.Repeat(new PlannedMouth(1, 0.05f, 0), frames)];
}
