using LipSync.Speech;

namespace LipSync.Faces.Persons;

public class SpeakerChoiceTests
{
    private static readonly Shot Large = new(Person: 0, 0, 200, X: 250, Scale: 120, Still);
    private static readonly Shot Small = new(Person: 1, 0, 200, X: 750, Scale: 100, Talking);

    [Fact]
    public void Choose_Largest_IsTheLargest() => Assert.Equal([0], Choose(FaceChoice.Largest, Speech(Talks), Large, Small));

    [Fact]
    public void Choose_AutoWithSpeech_IsTheOneWhoseMouthFollowsIt() =>
        Assert.Equal([1], Choose(FaceChoice.Auto, Speech(Talks), Large with { Opening = Chewing }, Small));

    [Fact]
    public void Choose_AutoWhereTheTalkerSmilesSlowly_IsTheTalker() => Assert.Equal([1], Choose(
        FaceChoice.Auto, Speech(Talks), Large with { Opening = Chewing }, Small with { Opening = frame => Talking(frame) + 0.3f * (1 + MathF.Sin(frame / 40f)) }));

    [Fact]
    public void Choose_AutoWithSpeechThatFitsNobody_IsTheOnlyOneWhoMovesHisMouth() =>
        Assert.Equal([1], Choose(FaceChoice.Auto, Speech(frame => 0.5f + 0.5f * MathF.Sin(frame * 0.31f)), Large, Small));

    [Fact]
    public void Choose_AutoWhereBothTalk_IsTheLargest() =>
        Assert.Equal([0], Choose(FaceChoice.Auto, Speech(Talks), Large with { Opening = Talking }, Small));

    [Fact]
    public void Choose_AutoWithoutSpeech_IsTheLargest() => Assert.Equal([0], Choose(FaceChoice.Auto, own: null, Large, Small));

    [Fact]
    public void Choose_PlaceAndTime_IsTheFaceThere() => Assert.Equal([1], Choose(new FaceChoice.At(2, 0.76, 0.5), own: null, Large, Small));

    [Fact]
    public void Choose_FaceGoneForAMoment_IsStillFound() =>
        Assert.Equal([1], Choose(new FaceChoice.At(2, 0.76, 0.5), own: null, Large, Small with { First = 55 }));

    [Fact]
    public void Choose_PlaceOfAPersonOfManyScenes_IsAllHisScenes() =>
        Assert.Equal([0, 2], Choose(
            new FaceChoice.At(1, 0.5, 0.5), own: null, new Shot(Person: 1, 0, 50), new Shot(Person: 0, 50, 120, Scale: 150), new Shot(Person: 1, 120, 200)));

    [Theory]
    [InlineData(2, "^At 2 s no face is at 0.05, 0.9 of the picture's width and height; then there is one at 0.25, 0.[4-6][0-9].$")]
    [InlineData(7, "^At 7 s no face is seen; the nearest in time is seen from 0.0 s to 3.9 s.$")]
    public void Choose_NoFaceAtThePlace_SaysWhereOneIs(double seconds, string sentence)
    {
        var refusal = Assert.Throws<MediaRefusedException>(() => Choose(new FaceChoice.At(seconds, 0.05, 0.9), own: null, Large with { End = 99 }));

        Assert.Equal("no_face_found", refusal.Code);
        Assert.Matches(sentence, refusal.Message);
    }

    [Fact]
    public void Choose_UnknownTrack_SaysWhichThereAre()
    {
        var refusal = Assert.Throws<MediaRefusedException>(() => Choose(new FaceChoice.Track(7), own: null, Large, Small));

        Assert.Equal(("no_face_found", "The video has no face with the id 7; its faces have the ids 0 to 1."), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void Choose_NobodyThere_IsNull()
    {
        using var cast = new SyntheticCast([]);

        Assert.Null(SpeakerChoice.Choose(FaceChoice.Auto, cast.Tracks, SyntheticCast.Info, own: null, CancellationToken.None));
    }

    private static float Talks(int frame) => 0.5f + 0.5f * MathF.Sin(frame * 0.8f);

    private static float Talking(int frame) => 0.01f + 0.08f * Talks(frame);

    private static float Chewing(int frame) => 0.03f + 0.02f * MathF.Sin(frame * 0.47f);

    private static float Still(int frame) => 0.01f;

    private static MouthTrack Speech(Func<int, float> opening) =>
        new([.. Enumerable.Range(0, 200).Select(frame => MouthPose.Rest with { Opening = opening(frame), Voice = 1 })]);

    private static IEnumerable<int> Choose(FaceChoice choice, MouthTrack? own, params Shot[] shots)
    {
        using var cast = new SyntheticCast(shots, [.. shots.Select(shot => shot.First).Where(first => first > 0)]);
        return SpeakerChoice.Choose(choice, cast.Tracks, SyntheticCast.Info, own, CancellationToken.None)!.Tracks.Select(track => track.Id);
    }
}
