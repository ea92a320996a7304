using CsCheck;

namespace LipSync.Media;

public sealed class FrameMapTests
{
    private static readonly Gen<FrameMap> Maps =
        Gen.Select(Gen.Enum<SyncMode>(), Gen.Int[1, 400], Gen.Double[0, 40], Gen.Int[24, 60])
            .Select((mode, source, seconds, fps) => FrameMap.For(mode, source, seconds, fps));

    [Fact]
    public void SourceOf_AnyMap_IsAFrameOfTheSource() => Maps.Sample(map =>
        map.OutputFrames >= 1 && Sources(map).All(source => source >= 0 && source < map.SourceFrames));

    [Fact]
    public void SourceOf_AnyMap_BeginsWithTheFirstFrames() => Maps.Sample(map =>
        map.Mode == SyncMode.Remap || map.SourceOf(0) == 0);

    [Fact]
    public void SourceOf_NotRemap_StepsByOneButForTheLoopsWrap() => Maps.Sample(map =>
        map.Mode == SyncMode.Remap || map.SourceFrames == 1 || Sources(map).Zip(Sources(map).Skip(1)).All(pair =>
            Math.Abs(pair.Second - pair.First) == 1 || (map.Mode == SyncMode.Loop && pair == (map.SourceFrames - 1, 0))));

    [Fact]
    public void SourceOf_HeldFrames_StandStillInEveryDirection()
    {
        var map = new FrameMap(SyncMode.Bounce, 6, 12) { Held = [new(2, 4, 1)] };

        Assert.Equal([0, 1, 1, 1, 4, 5, 4, 1, 1, 1, 0, 1], Sources(map));
    }

    [Fact]
    public void SourceOf_Remap_NeverGoesBackAndSpansTheSource() => Maps.Sample(map =>
    {
        if (map.Mode != SyncMode.Remap)
        {
            return true;
        }

        var sources = Sources(map);
        var stride = (double)map.SourceFrames / map.OutputFrames;
        return sources.Zip(sources.Skip(1)).All(pair => pair.Second >= pair.First && pair.Second - pair.First <= Math.Ceiling(stride))
            && sources[0] <= stride / 2 && sources[^1] >= map.SourceFrames - 1 - stride / 2;
    });

    [Fact]
    public void SourceOf_Bounce_ShowsTheEndFramesOncePerTurn() =>
        Assert.Equal([0, 1, 2, 3, 2, 1, 0, 1, 2], Sources(FrameMap.For(SyncMode.Bounce, 4, 0.36, 25)));

    [Fact]
    public void SourceOf_Loop_StartsAgain() =>
        Assert.Equal([0, 1, 2, 0, 1], Sources(FrameMap.For(SyncMode.Loop, 3, 0.2, 25)));

    [Fact]
    public void SourceOf_RemapToTheSameLength_IsOneToOne() =>
        Assert.Equal(Enumerable.Range(0, 50), Sources(FrameMap.For(SyncMode.Remap, 50, 2, 25)));

    [Theory]
    [InlineData(SyncMode.Bounce, 100, 8, 200)]
    [InlineData(SyncMode.Loop, 100, 8, 200)]
    [InlineData(SyncMode.Remap, 100, 8, 200)]
    [InlineData(SyncMode.CutOff, 100, 8, 100)]
    [InlineData(SyncMode.CutOff, 300, 8, 200)]
    [InlineData(SyncMode.CutOff, 1, 8, 200)]
    [InlineData(SyncMode.Silence, 100, 8, 200)]
    [InlineData(SyncMode.Silence, 300, 8, 300)]
    [InlineData(SyncMode.Bounce, 100, 0.001, 1)]
    [InlineData(SyncMode.Bounce, 100, 0.06, 2)]
    [InlineData(SyncMode.Bounce, 100, 0.0801, 3)]
    [InlineData(SyncMode.Loop, 100, 528001 / 48000.0, 276)]
    [InlineData(SyncMode.Remap, 100, 528000 / 48000.0, 275)]
    public void For_Lengths_FollowTheMode(SyncMode mode, int sourceFrames, double seconds, int expected) =>
        Assert.Equal(expected, FrameMap.For(mode, sourceFrames, seconds, 25).OutputFrames);

    [Fact]
    public void For_AnySpeech_ShowsItsLastSampleAndAtMostAFrameMore() => Gen.Select(Gen.Int[4800, 48000 * 600], Gen.Int[24, 60]).Sample((samples, fps) =>
    {
        var shown = FrameMap.For(SyncMode.Bounce, 100, samples / 48000.0, fps).OutputFrames * 48000L;
        return shown >= (long)samples * fps && shown - (long)samples * fps < 48000;
    });

    [Fact]
    public void SourceOf_OutsideTheOutput_Throws()
    {
        var map = FrameMap.For(SyncMode.Bounce, 4, 1, 25);
        Assert.Throws<ArgumentOutOfRangeException>(() => map.SourceOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => map.SourceOf(25));
    }

    private static List<int> Sources(FrameMap map) => [.. Enumerable.Range(0, map.OutputFrames).Select(map.SourceOf)];
}
