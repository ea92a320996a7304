namespace LipSync.Speech.Adaptation;

public class SourceOffsetTests
{
    private const int Fps = SyntheticSpeaker.Fps;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(-5)]
    public void Find_KnownShift_IsFound(int late)
    {
        var openings = new SyntheticSpeaker(seconds: 12, seed: 1).Openings;
        var asked = Enumerable.Range(20, 250).Select(frame => openings[frame - late]).ToArray();

        Assert.Equal(late, SourceOffset.Find(asked, openings.AsSpan(20, 250), Fps).Frames);
    }

    [Fact]
    public void Find_SmallerThanAnybodySees_IsLeftAlone()
    {
        var openings = new SyntheticSpeaker(seconds: 12, seed: 1).Openings;

        Assert.Equal(0, SourceOffset.Find(openings.AsSpan(9, 250), openings.AsSpan(10, 250), Fps).Frames);
    }

    [Fact]
    public void Find_OtherSpeech_IsHardlyEverBelieved()
    {
        var found = Enumerable.Range(0, 40).Count(i =>
            SourceOffset.Find(new SyntheticSpeaker(10, i).Openings, new SyntheticSpeaker(10, 1000 + i).Openings, Fps).Frames != 0);

        Assert.InRange(found, 0, 2);
    }

    [Fact]
    public void Find_TooShort_IsNotTried()
    {
        var openings = new SyntheticSpeaker(seconds: 12, seed: 1).Openings;

        Assert.Equal(0, SourceOffset.Find(openings.AsSpan(10, 60), openings.AsSpan(16, 60), Fps).Frames);
    }
}
