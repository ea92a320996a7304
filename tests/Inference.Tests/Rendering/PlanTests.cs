using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;
using LipSync.Speech;

namespace LipSync.Rendering;

public class PlanTests
{
    private static readonly FrameMap Straight = new(SyncMode.CutOff, 20, 20);

    [Fact]
    public void Of_GapInTheFace_FadesOutBeforeAndInAfter()
    {
        var faces = Enumerable.Range(0, 20).Select(i => new SourceFace(default, 0, 0, i is 9 or 10 ? 0 : 1)).ToList();

        var strengths = Strengths.Of(faces, new Scenes([]), Straight, fps: 25);

        Assert.Equal([1, 0.75f, 0.5f, 0.25f, 0, 0, 0.25f, 0.5f, 0.75f, 1], strengths[5..15]);
    }

    [Fact]
    public void Of_TwiceTheFrameRate_FadesOverTwiceTheFrames()
    {
        var faces = Enumerable.Range(0, 20).Select(i => new SourceFace(default, 0, 0, i == 0 ? 0 : 1)).ToList();

        var strengths = Strengths.Of(faces, new Scenes([]), Straight, fps: 50);

        Assert.Equal(8, strengths.TakeWhile(strength => strength < 1).Count());
    }

    [Fact]
    public void Of_FaceGoneAfterACut_StaysFullUpToTheCut()
    {
        var faces = Enumerable.Range(0, 20).Select(i => new SourceFace(default, 0, 0, i >= 10 ? 0 : 1)).ToList();

        var strengths = Strengths.Of(faces, new Scenes([10]), Straight, fps: 25);

        Assert.Equal([.. Enumerable.Repeat(1f, 10), .. Enumerable.Repeat(0f, 10)], strengths);
    }

    [Theory]
    [InlineData(0, 150, 1)]
    [InlineData(0.8, 150, 0)]
    [InlineData(0.47, 150, 1)]
    [InlineData(0, 12, 0)]
    public void Of_TurnedAwayOrTiny_IsUnfit(float yaw, float scale, float fitness)
    {
        var face = SourceFace.Of(SyntheticFace.Pose(scale, 0, 0, yaw), SyntheticFace.Canonical());

        Assert.Equal(fitness, face.Fitness);
    }

    [Fact]
    public void Fit_LoudestPose_OpensAsFarAsTheSpeakerDoes()
    {
        var range = Range(0.01f, 0.16f);

        var loudest = range.Fit(new MouthPose(1, 0.5f, 0, 0, 0, 1));

        Assert.True(range.OwnMouths);
        Assert.InRange(loudest.Opening, 0.14f, 0.18f);
        Assert.InRange(range.Fit(new MouthPose(3, 0.5f, 0, 0, 0, 1)).Opening, loudest.Opening, 1.2f * loudest.Opening);
    }

    [Fact]
    public void Fit_SpeakerWhoNeverOpens_OpensNoFurtherThanOthers()
    {
        var range = Range(0.01f, 0.02f);

        Assert.False(range.OwnMouths);
        Assert.InRange(range.Fit(new MouthPose(1, 0.5f, 0, 0, 0, 1)).Opening, 0.06f, 0.135f);
    }

    [Fact]
    public void Fit_SpeakerWhoNeverOpens_IsNarrowForMostOfSpeech()
    {
        var range = Range(0.01f, 0.02f);

        Assert.InRange(range.Fit(new MouthPose(0.5f, 0.5f, 0, 0, 0, 1)).Opening, 0.03f, 0.45f * range.Fit(new MouthPose(1, 0.5f, 0, 0, 0, 1)).Opening);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0.8f, false)]
    public void HasOwnMouths_WideOpenMouths_OnlyWhereTheyCanBeShown(float fitness, bool own) =>
        Assert.Equal(own, SpeakingRange.HasOwnMouths(Speaker(0.01f, 0.16f, fitness)));

    [Fact]
    public void Fit_Silence_ClosesTheMouth() => Assert.InRange(Range(0.01f, 0.16f).Fit(MouthPose.Rest).Opening, 0, 0.025f);

    [Fact]
    public void Fit_Rounding_NarrowsTheMouth()
    {
        var range = Range(0.01f, 0.16f);

        Assert.True(range.Fit(new MouthPose(0.3f, 0.3f, 1, 0, 0, 1)).Width < range.Fit(new MouthPose(0.3f, 0.8f, 0, 0, 0, 1)).Width - 0.06f);
    }

    [Fact]
    public void ReadFrom_WrittenHeader_IsTheSame()
    {
        using var stream = new MemoryStream();
        var header = new PlanHeader("exemplar", Straight with { Held = [new(3, 7, 2), new(20, 21, 19)] });
        header.WriteTo(stream);
        stream.Position = 0;

        Assert.Equivalent(header, PlanHeader.ReadFrom(stream), strict: true);
    }

    [Fact]
    public void ReadFrom_SomethingElse_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => PlanHeader.ReadFrom(new MemoryStream(new byte[100])));

    private static SpeakingRange Range(float closed, float open)
    {
        var faces = Speaker(closed, open, fitness: 1);
        return SpeakingRange.Of(faces, SpeakingRange.HasOwnMouths(faces));
    }

    private static List<SourceFace> Speaker(float closed, float open, float fitness) =>
        [.. Enumerable.Range(0, 100).Select(i => new SourceFace(new MouthParameters(float.Lerp(closed, open, i / 99f), 0.6f, 0.6f), 0, 0, fitness))];
}
