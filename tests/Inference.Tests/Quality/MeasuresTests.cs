using LipSync.Benchmarks.Quality;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Speeches;
using LipSync.Benchmarks.Quality.Takes;
using LipSync.Media;
using LipSync.Rendering;

namespace LipSync.Quality;

/// <summary>What the benchmarks measure with must itself be right: a wrong measure hides a miss.</summary>
public class MeasuresTests
{
    private static readonly Stretch[] Known = [new(1, 1.1), new(2, 2.1), new(3, 3.1), new(4, 4.1)];

    [Theory]
    [InlineData(new[] { 1.05, 2.05, 3.05, 4.05 }, 1, 1)]
    [InlineData(new[] { 0.97, 2.13 }, 0.5, 1)]
    [InlineData(new[] { 1.05, 2.2 }, 0.25, 0.5)]
    [InlineData(new[] { 1.02, 1.08, 3.5 }, 0.25, 2 / 3.0)]
    public void Match_EventsFound_SharesOfKnownAndOfFound(double[] found, double recall, double precision)
    {
        var (known, right) = EventMatching.Match(Known, found, tolerance: 0.04);

        Assert.Equal(recall, known, 6);
        Assert.Equal(precision, right, 6);
    }

    [Fact]
    public void Peaks_TwoStretchesOverTheThreshold_MiddlesWeightedByHeight()
    {
        var peaks = EventMatching.Peaks([0, 0.6f, 0.6f, 0, 0.4f, 0.5f, 1, 0], threshold: 0.5f, rate: 10);

        Assert.Equal([0.15, ((0.5 * 0.5) + (1 * 0.6)) / 1.5], peaks, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Peaks_StretchUntilTheEnd_Counts() => Assert.Single(EventMatching.Peaks([0, 1, 1], 0.5f, 10));

    [Fact]
    public void LaplacianVariance_SlopeAndChequers_NoneAndMuch()
    {
        var slope = new Patch([.. Enumerable.Range(0, 64).Select(i => (float)((i % 8) + (2 * (i / 8))))], 8);
        var chequers = new Patch([.. Enumerable.Range(0, 64).Select(i => ((i % 8) + (i / 8)) % 2 == 0 ? 1f : 0)], 8);

        Assert.Equal(0, slope.LaplacianVariance(), 6);
        Assert.Equal(16, chequers.LaplacianVariance(), 6);
    }

    [Theory]
    [InlineData(10, 20, 30, 0)]
    [InlineData(10, 20, 10, 20)]
    public void SecondDifference_SteadyAndBack_NoneAndTwiceTheStep(float before, float middle, float after, double expected) =>
        Assert.Equal(expected, Patch.SecondDifference(new([before, before], 2), new([middle, middle], 2), new([after, after], 2)), 6);

    [Fact]
    public void Share_OfOpenings_ClosedIsNoneAndOpenIsAll()
    {
        var range = OpeningRange.Of([.. Enumerable.Range(0, 101).Select(i => i / 100f), float.NaN]);

        Assert.Equal(0, range.Share(0.05f), 4);
        Assert.Equal(1, range.Share(0.95f), 4);
        Assert.Equal(0.9f, range.Size, 4);
    }

    [Fact]
    public void Outside_PicturesThatDifferBelowAndAboveTheNose_OnlyAboveCounts()
    {
        var mean = SyntheticFace.Canonical(opening: 0.05f);
        var pose = SyntheticFace.Pose(60, 120, 100, 0);
        using var one = new YuvFrame(240, 240);
        using var other = new YuvFrame(240, 240);
        one.CopyTo(other);
        var mouth = pose.ToPicture((mean[13] + mean[14]) / 2);
        other.Y[((int)mouth.Y * 240) + (int)mouth.X] ^= 0xFF;
        var inside = new LowerFace(pose, mean).Outside(one, other);
        other.Y[(2 * 240) + 2] ^= 4;
        var outside = new LowerFace(pose, mean).Outside(one, other);

        Assert.Equal((0, 0), (inside.Different, inside.Squares));
        Assert.Equal((1, 16), (outside.Different, outside.Squares));
        Assert.Equal(inside.Samples, outside.Samples);
        Assert.True(inside.Samples > 240 * 240 / 2);
    }

    [Fact]
    public void Closures_PressedLipsOfOnePhrase_StayTogetherWhereLipsHaveNoTimeToPart()
    {
        var speech = new KnownSpeech(Clip.English, [new("m", 1, 1.1), new("b", 1.12, 1.2), new("aa", 1.2, 1.5), new("p", 1.5, 1.6), new("t", 1.6, 1.7)]);

        Assert.Equal([new(1, 1.12 + (0.85 * 0.08)), new(1.5, 1.5 + (0.65 * 0.1))], speech.Closures(), (a, b) => Math.Abs(a.Start - b.Start) + Math.Abs(a.End - b.End) < 1e-9);
    }

    [Theory]
    [InlineData(0.5, 0.49, false)]
    [InlineData(0.5, 0.4, true)]
    [InlineData(0.5, double.NaN, true)]
    public void Fell_MoreIsBetter_ByMoreThanTheTolerance(double last, double now, bool fell) =>
        Assert.Equal(fell, Aim.AtLeast(0.9).Fell(last, now, tolerance: 0.02));

    [Fact]
    public void Fell_ToldOnly_NeverAndReachesNothing()
    {
        Assert.False(Aim.None.Fell(double.NaN, double.NaN, 0));
        Assert.True(Aim.None.IsReached(double.NaN));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1.2, false)]
    [InlineData(double.NaN, false)]
    public void IsReached_Between_OnlyWithin(double value, bool reached) => Assert.Equal(reached, Aim.Within(0.9, 1.1).IsReached(value));
}
