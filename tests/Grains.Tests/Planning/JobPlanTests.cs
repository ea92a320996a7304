using CsCheck;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Media;
using LipSync.Planning;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Planning;

public sealed class JobPlanTests
{
    private static readonly Gen<int> Lengths = Gen.Int[1, 200_000];

    [Fact]
    public void Chunks_AnyLength_CoverEveryFrameOnceFromSegmentBoundaries() => Lengths.Sample(frames =>
    {
        var state = Rendering(frames);
        var next = 0;
        for (var index = 0; index < JobPlan.ChunkCount(state); index++)
        {
            var (first, count) = JobPlan.Chunk(state, index);
            Assert.Equal(next, first);
            Assert.Equal(0, first % FrameWriter.SegmentFrames);
            Assert.InRange(count, 1, 300);
            next = first + count;
        }

        Assert.Equal(frames, next);
    });

    [Theory]
    [InlineData(275, 4, 75)]
    [InlineData(750, 4, 75)]
    [InlineData(1500, 1, 300)]
    [InlineData(1500, 2, 150)]
    [InlineData(1500, 3, 75)]
    [InlineData(1500, 32, 75)]
    [InlineData(275, 0, 150)]
    [InlineData(7500, 4, 225)]
    public void ChunkFramesFor_LengthAndSlots_SharesAJobAmongThem(int frames, int slots, int expected) =>
        Assert.Equal(expected, JobPlan.ChunkFramesFor(frames, slots));

    [Fact]
    public void ChunkFramesFor_AnyLengthAndSlots_LeavesNoSlotIdleForLong() => Gen.Select(Lengths, Gen.Int[1, 64]).Sample((frames, slots) =>
    {
        var size = JobPlan.ChunkFramesFor(frames, slots);
        var (chunks, segments) = (Math.Ceiling((double)frames / size), Math.Ceiling((double)frames / FrameWriter.SegmentFrames));
        Assert.InRange(Math.Ceiling(chunks / slots) * size, 0, 1.1 * Math.Ceiling(segments / slots) * FrameWriter.SegmentFrames);
    });

    [Fact]
    public void Unfinished_FinishedChunks_AreNeverOfferedAgain()
    {
        var state = Rendering(1000) with { Rendered = [0, 2] };
        Assert.DoesNotContain(JobPlan.Unfinished("job", state), item => item.Index is 0 or 2);
        Assert.False(JobPlan.Wants("job", state, new("job", Stage.Render, 2)));
        Assert.True(JobPlan.Wants("job", state, new("job", Stage.Render, 1)));
        Assert.False(JobPlan.Wants("job", state, new("job", Stage.Render, 99)));
        Assert.False(JobPlan.Wants("other", state, new("job", Stage.Render, 1)));
    }

    [Fact]
    public void DoneFraction_AlongTheWay_OnlyGrowsAndEndsAtOne()
    {
        var spec = Samples.Spec();
        List<double> way =
        [
            Fraction(new() { Phase = JobPhase.Queued, Spec = spec }),
            Fraction(new() { Phase = JobPhase.Ingesting, Spec = spec }, (new WorkItemId("job", Stage.Ingest, 0), 0.5)),
            Fraction(new() { Phase = JobPhase.Analyzing, Spec = spec }),
            Fraction(Rendering(1000)),
            Fraction(Rendering(1000), (new WorkItemId("job", Stage.Render, 1), 0.5)),
            Fraction(Rendering(1000) with { Rendered = [0, 1, 2] }),
            Fraction(Rendering(1000) with { Phase = JobPhase.Assembling }),
            Fraction(Rendering(1000) with { Phase = JobPhase.Completed }),
        ];
        Assert.Equal(way.Order(), way);
        Assert.Equal(way.Count, way.Distinct().Count());
        Assert.Equal(1, way[^1], precision: 9);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void OrderFor_Assembling_TellsTheLastAttempt(int failed, bool isLast)
    {
        var state = Rendering(100) with { Phase = JobPhase.Assembling };
        var order = JobPlan.OrderFor(failed == 0 ? state : state with { FailedAttempts = state.FailedAttempts.Add(0, failed) }, new("job", Stage.Assemble, 0));
        Assert.Equal(isLast, Assert.IsType<AssembleOrder>(order).IsLastAttempt);
    }

    [Fact]
    public void OrderFor_Assembling_EachAttemptHasKeysOfItsOwn()
    {
        string[] keys = [.. new long[] { 7, 8 }.Select(Order).SelectMany(order =>
            new[] { order.OutputKey, order.Review.ReportKey, order.Review.ContactSheetKey!, order.Review.PlotKey! })];
        Assert.Equal(8, keys.Distinct().Count());
        Assert.All(keys[..4], key => Assert.StartsWith("jobs/job/7/", key, StringComparison.Ordinal));

        static AssembleOrder Order(long fence)
        {
            var state = Rendering(100) with { Phase = JobPhase.Assembling };
            var begun = state with { Attempts = state.Attempts.Add(0, new(fence, IsOpen: true)) };
            return Assert.IsType<AssembleOrder>(JobPlan.OrderFor(begun, new("job", Stage.Assemble, 0)));
        }
    }

    private static double Fraction(JobState state, params (WorkItemId Item, double Fraction)[] running) =>
        JobEstimates.DoneFraction("job", state, running.ToDictionary(item => item.Item, item => item.Fraction));

    private static JobState Rendering(int frames) => new()
    {
        Phase = JobPhase.Rendering,
        Spec = Samples.Spec(),
        Media = Samples.Media(frames),
        Analysis = Samples.Analysis(frames),
        ChunkFrames = JobPlan.ChunkFramesFor(frames, slots: 4),
    };
}
