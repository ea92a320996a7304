using LipSync.Speech.Spectra;

namespace LipSync.Speech;

public sealed class PausesTests
{
    private const int Rate = 50;
    private const float Wide = 0.6f;

    [Theory]
    [InlineData(0)]
    [InlineData(0.7f)]
    public void Fill_NobodySpeaks_IsClosed(float heard)
    {
        var opening = new Pauses(Values(3, _ => 0)).Fill(Values(3, _ => heard));

        Assert.All(All(opening), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Fill_TooShortToClose_StaysOpen() => Assert.All(Between(Pause(0.2), 0, 0.2), value => Assert.InRange(value, 0.8f * Wide, Wide));

    [Fact]
    public void Fill_InTheFlowOfSpeech_IsAjar() => Assert.All(Between(Pause(0.8), 0.12, 0.3), value => Assert.InRange(value, 0.2f * Wide, 0.3f * Wide));

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public void Fill_Rest_ClosesAtOnceAndIsStill(double seconds) =>
        Assert.All(Between(Pause(seconds), 0.2, seconds - 0.52), value => Assert.InRange(value, 0, 0.001f));

    [Fact]
    public void Fill_BeforeSpeechGoesOn_BreathesWideInHasteAndALittleAfterARest()
    {
        var (hasty, rested) = (Between(Pause(0.6), 0.4, 0.5).Max(), Between(Pause(2), 1.8, 1.9).Max());

        Assert.InRange(hasty, 0.4f * Wide, Wide);
        Assert.InRange(rested, 0.1f * Wide, 0.21f * Wide);
    }

    [Fact]
    public void Fill_BreathThatIsHeard_OpensAsHeard()
    {
        var speech = Values(4, time => time is < 1 or > 3 ? 1 : 0);

        var opening = new Pauses(speech).Fill(Values(4, time => time is > 2.4 and < 2.8 ? 0.5f : 0));

        Assert.Equal(0.5f, opening.At(2.6), 0.01f);
    }

    [Fact]
    public void Fill_LastWordSpoken_ClosesWithoutAJump()
    {
        var opening = new Pauses(Values(4, time => time < 1 ? 1 : 0)).Fill(Values(4, time => (float)Math.Clamp((1.1 - time) * 5, 0, Wide)));

        Assert.All(All(opening).Zip(All(opening).Skip(1)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.1f));
        Assert.InRange(opening.At(2.1), 0, 0.001f);
    }

    [Fact]
    public void Fill_SpeechBeginsSoon_BeginsWithClosedLips()
    {
        var opening = new Pauses(Values(2, time => time > 0.15 ? 1 : 0)).Fill(Values(2, time => time > 0.15 ? Wide : 0));

        Assert.InRange(opening[0], 0, 0.2f * Wide);
        Assert.Equal(Wide, opening.At(0.5), 0.01f);
    }

    [Theory]
    [InlineData(0.06, 1)]
    [InlineData(0.4, 0.7f)]
    public void Presence_ClickOrGust_IsNoSpeech(double seconds, float certainty) =>
        Assert.All(All(new Pauses(Values(2, time => time > 1 && time < 1 + seconds ? certainty : 0)).Presence), value => Assert.Equal(0, value));

    /// <summary>A second of speech, a pause in which nothing is heard, a second of speech.</summary>
    private static Contour Pause(double seconds)
    {
        var speech = Values(2 + seconds, time => time < 1 || time >= 1 + seconds ? 1 : 0);
        return new Pauses(speech).Fill(Values(2 + seconds, time => time < 1 || time >= 1 + seconds ? Wide : 0));
    }

    private static Contour Values(double seconds, Func<double, float> value) => new((int)Math.Round(seconds * Rate), Rate, step => value((double)step / Rate));

    private static IEnumerable<float> All(Contour contour) => Enumerable.Range(0, contour.Frames).Select(step => contour[step]);

    /// <summary>Values from and to seconds into the pause.</summary>
    private static IEnumerable<float> Between(Contour contour, double from, double to) =>
        All(contour).Skip((int)Math.Ceiling((1 + from) * Rate)).Take((int)((to - from) * Rate));
}
