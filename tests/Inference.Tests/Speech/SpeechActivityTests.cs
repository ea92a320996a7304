namespace LipSync.Speech;

public sealed class SpeechActivityTests
{
    [Theory]
    [InlineData(-90)]
    [InlineData(-45)]
    public void Of_SpeechOverAnyNoise_IsTheSpeech(float noise)
    {
        var activity = SpeechActivity.Of(new(1000, i => i is >= 400 and < 600 ? -30 : noise));

        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(i is >= 400 and < 600, activity.IsSpeech(i)));
        Assert.Equal(0.5f, activity.SinceSpeech(649), 1e-3f);
        Assert.Equal(0.5f, activity.UntilSpeech(350), 1e-3f);
        Assert.Equal(float.PositiveInfinity, activity.SinceSpeech(399));
    }

    [Fact]
    public void Of_SpeechWithoutPauses_IsAllSpeech() =>
        Assert.All(Enumerable.Range(0, 300), i => Assert.True(SpeechActivity.Of(new(300, _ => -30)).IsSpeech(i)));

    [Fact]
    public void Of_AClick_IsNoMeasureOfSpeech()
    {
        var activity = SpeechActivity.Of(new(1000, i => i == 10 ? 0 : i is >= 400 and < 600 ? -40 : -80));

        Assert.True(activity.IsSpeech(500));
    }
}
