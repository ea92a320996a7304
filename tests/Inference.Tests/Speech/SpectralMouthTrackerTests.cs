using LipSync.Media;

namespace LipSync.Speech;

public sealed class SpectralMouthTrackerTests
{
    private static readonly SpectralMouthTracker Tracker = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1e-6)]
    public void Track_Silence_StaysClosed(double noise)
    {
        var random = new Random(1);
        var track = Tracker.Track([.. Enumerable.Range(0, 32000).Select(_ => (float)(noise * (random.NextDouble() - 0.5)))], 25);

        Assert.Equal(50, track.Poses.Count);
        Assert.All(track.Poses, pose => Assert.True(pose is { Opening: <= 0.05f, Voice: <= 0.05f }));
    }

    [Fact]
    public void Track_NoSamples_IsEmptyAndAtRestBeyondTheEnd()
    {
        var track = Tracker.Track([], 25);

        Assert.Empty(track.Poses);
        Assert.Equal(MouthPose.Rest, track[3]);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(25)]
    [InlineData(60)]
    public void Track_AnyRate_HasAPoseForEveryFrame(int fps) =>
        Assert.Equal((int)Math.Ceiling(1.01 * fps), Tracker.Track(VoiceSynth.Vowel(VoiceSynth.OpenVowel, 1.01), fps).Poses.Count);

    [Fact]
    public void Track_SustainedVowel_OpensForItAndClosesAfterIt()
    {
        var track = Tracker.Track([.. VoiceSynth.Silence(1), .. VoiceSynth.Vowel(VoiceSynth.OpenVowel, 1), .. VoiceSynth.Silence(1.5)], 25);

        Assert.All(Enumerable.Range(28, 18), frame => Assert.True(track[frame] is { Opening: > 0.5f, Voice: > 0.9f }));
        Assert.All(Enumerable.Range(0, 15), frame => Assert.True(track[frame].Opening <= 0.05f));
        Assert.All(Enumerable.Range(70, 18), frame => Assert.True(track[frame].Opening <= 0.05f));
    }

    [Fact]
    public void Track_OpenBetweenCloseVowels_OpensWidestThereAndEarly()
    {
        var track = Tracker.Track(
            [.. VoiceSynth.Vowel(VoiceSynth.Rounded, 0.5), .. VoiceSynth.Vowel(VoiceSynth.OpenVowel, 0.5), .. VoiceSynth.Vowel(VoiceSynth.Rounded, 0.5)], 100);

        Assert.True(track[75].Opening > track[25].Opening + 0.4f);
        Assert.True(track[75].Opening > track[125].Opening + 0.4f);

        // Half-way up is reached before the sound changes at 0.5 s.
        var half = (track[25].Opening + track[75].Opening) / 2;
        Assert.InRange(Enumerable.Range(25, 50).First(frame => track[frame].Opening >= half), 42, 50);
    }

    [Fact]
    public void Track_SpreadAndRoundedVowels_SpreadAndRoundTheLips()
    {
        var track = Tracker.Track([.. VoiceSynth.Vowel(VoiceSynth.Spread, 0.6), .. VoiceSynth.Vowel(VoiceSynth.Rounded, 0.6)], 25);

        Assert.True(track[7] is { Width: > 0.7f, Rounding: < 0.1f });
        Assert.True(track[22] is { Width: < 0.3f, Rounding: > 0.4f });
    }

    [Fact]
    public void Track_TwentyDecibelsSofter_IsTheSameTrack()
    {
        var loud = Sentence(gain: 1);
        var soft = Sentence(gain: 0.1);

        Assert.All(
            Tracker.Track(loud, 25).Poses.Zip(Tracker.Track(soft, 25).Poses),
            pair => Assert.True(Math.Abs(pair.First.Opening - pair.Second.Opening) < 0.01 && Math.Abs(pair.First.Width - pair.Second.Width) < 0.01));
    }

    [Fact]
    public void Track_AnySpeech_StaysWithinZeroAndOne() =>
        Assert.All(Tracker.Track(Sentence(gain: 1), 60).Poses, pose => Assert.All(
            new[] { pose.Opening, pose.Width, pose.Rounding, pose.Closure, pose.Labiodental, pose.Voice }, value => Assert.InRange(value, 0, 1)));

    [SkippableFact]
    public async Task Track_LipSounds_PressTheLipsAndTongueSoundsDoNot()
    {
        Assert.True(await StrongestClosure("mama papa mama papa") > 0.6f);
        Assert.True(await StrongestClosure("sasa tata sasa tata") < 0.4f);
    }

    [SkippableFact]
    public async Task Track_PausesOfARealSpeech_AreClosed()
    {
        var samples = await WholeSpeech.Read(TestMedia.Find("media/jfk.flac"));

        var track = Tracker.Track(samples, 25);

        // Between "my fellow Americans", "ask not" and "what your country" he pauses for a second.
        Assert.All(new[] { 70, 73, 120, 125 }, frame => Assert.True(track[frame] is { Opening: <= 0.05f, Voice: <= 0.05f }));
        var speech = track.Poses.Where(pose => pose.Voice > 0.5f).Select(pose => pose.Opening).Order().ToArray();
        Assert.InRange(speech[speech.Length * 95 / 100], 0.85f, 1);
    }

    private static float[] Sentence(double gain) =>
    [
        .. VoiceSynth.Silence(0.4), .. VoiceSynth.Vowel(VoiceSynth.OpenVowel, 0.3, gain), .. VoiceSynth.Vowel(VoiceSynth.Spread, 0.3, gain),
        .. VoiceSynth.Silence(0.1), .. VoiceSynth.Vowel(VoiceSynth.Rounded, 0.3, gain), .. VoiceSynth.Silence(0.8), .. VoiceSynth.Vowel(VoiceSynth.OpenVowel, 0.3, gain),
    ];

    private static async Task<float> StrongestClosure(string text)
    {
        using var folder = new TemporaryFolder();
        var track = Tracker.Track(await EspeakVoice.Speak(text, folder.File("speech.wav")), 25);
        return track.Poses.Max(pose => pose.Closure);
    }
}
