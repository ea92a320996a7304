using LipSync.Media;
using LipSync.Models;

namespace LipSync.Speech;

public sealed class NeuralMouthTrackerTests
{
    private static readonly NeuralMouthTracker Tracker = new(ModelCatalog.BesideProgram);

    public static TheoryData<string> NotSpeech => [.. Sounds.Keys];

    private static IReadOnlyDictionary<string, Func<double, float[]>> Sounds { get; } = new Dictionary<string, Func<double, float[]>>
    {
        ["digital silence"] = VoiceSynth.Silence,
        ["a room at -60 dB"] = seconds => Noise(seconds, decibels: -60),
        ["a room at -40 dB"] = seconds => Noise(seconds, decibels: -40),
        ["pink noise at -30 dB"] = seconds => PinkNoise(seconds, decibels: -30),
        ["music"] = Music,
    };

    [Theory]
    [MemberData(nameof(NotSpeech))]
    public void Track_NobodySpeaks_LipsAreStill(string sound)
    {
        var track = Tracker.Track(Sounds[sound](2), 25);

        Assert.Equal(50, track.Poses.Count);
        AssertStill(track.Poses);
    }

    [SkippableTheory]
    [MemberData(nameof(NotSpeech))]
    public async Task Track_NobodySpeaksAnyMoreAfterASpeech_LipsAreStill(string sound)
    {
        var speech = await WholeSpeech.Read(TestMedia.Find("media/jfk.flac"));

        var track = Tracker.Track([.. speech, .. Sounds[sound](4)], 25);

        AssertStill(track.Poses.TakeLast(50));
    }

    [Fact]
    public void Track_NoSamples_IsEmptyAndAtRestBeyondTheEnd()
    {
        var track = Tracker.Track([], 25);

        Assert.Empty(track.Poses);
        Assert.Equal(0, track.Sounds.Frames);
        Assert.Equal(MouthPose.Rest, track[3]);
    }

    [Theory]
    [InlineData(0.001, 25)]
    [InlineData(0.015, 60)]
    [InlineData(1.01, 24)]
    [InlineData(1.01, 25)]
    [InlineData(1.01, 60)]
    public void Track_AnyRate_HasAPoseAndASoundForEveryFrame(double seconds, int fps)
    {
        var track = Tracker.Track(VoiceSynth.Vowel(VoiceSynth.OpenVowel, seconds), fps);

        Assert.Equal((int)Math.Ceiling(seconds * fps), track.Poses.Count);
        Assert.Equal(track.Poses.Count, track.Sounds.Frames);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(1023)]
    public async Task Track_HeardInPieces_EqualsTheWhole(int pieceLength)
    {
        var samples = (await WholeSpeech.Read(TestMedia.Find("media/jfk.flac"))).Take(13 * AudioTrack.SampleRate).ToArray();
        var listener = Tracker.Listen(25);
        for (var at = 0; at < samples.Length; at += pieceLength)
        {
            listener.Hear(samples.AsSpan(at, Math.Min(pieceLength, samples.Length - at)));
        }

        var (pieces, whole) = (listener.Finish(), Tracker.Track(samples, 25));

        Assert.Equal(whole.Poses, pieces.Poses);
        Assert.All(Enumerable.Range(0, whole.Poses.Count), frame => Assert.Equal(whole.Sounds[frame], pieces.Sounds[frame]));
    }

    [Fact]
    public void Hear_TenMinutes_KeepsTheTrackOnly()
    {
        var listener = Tracker.Listen(25);
        var second = PinkNoise(1, decibels: -30);
        listener.Hear(second);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 600; i++)
        {
            listener.Hear(second);
        }

        // 3.7 MB of tracks and sounds in lists that double; the samples would be 38 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16_000_000);
        Assert.Equal(601 * 25, listener.Finish().Poses.Count);
    }

    [SkippableFact]
    public async Task Track_TwentyDecibelsSofter_IsNearlyTheSameTrack()
    {
        var loud = await WholeSpeech.Read(TestMedia.Find("media/jfk.flac"));

        var (own, soft) = (Tracker.Track(loud, 25), Tracker.Track([.. loud.Select(sample => 0.1f * sample)], 25));

        Assert.InRange(own.Poses.Zip(soft.Poses, (a, b) => Math.Abs(a.Opening - b.Opening)).Average(), 0, 0.03);
    }

    [SkippableFact]
    public async Task Track_RealSpeech_StaysWithinZeroAndOne()
    {
        var track = Tracker.Track(await WholeSpeech.Read(TestMedia.Find("media/jfk.flac")), 60);

        Assert.All(track.Poses, pose => Assert.All(
            new[] { pose.Opening, pose.Width, pose.Rounding, pose.Closure, pose.Labiodental, pose.Voice, pose.Tongue }, value => Assert.InRange(value, 0, 1)));
    }

    [SkippableTheory]
    [InlineData("mama papa baby", 6)]
    [InlineData("a puppy bumped my map", 7)]
    [InlineData("sasa lala gaga", 0)]
    public async Task Track_LipSounds_PressTheLipsOnceEach(string text, int closures)
    {
        var track = await Track(text, 50);

        var pressed = Runs(track.Poses, pose => pose.Closure > 0.5f);
        Assert.InRange(pressed.Count, closures - 1, closures + 1);
        var wide = Wide(track);
        Assert.All(pressed, run => Assert.InRange(run.Min(pose => pose.Opening), 0, 0.15f * wide));
    }

    [SkippableTheory]
    [InlineData("fee five of", true)]
    [InlineData("key cow dog", false)]
    public async Task Track_LabiodentalSounds_PutTheLipToTheTeeth(string text, bool toTeeth) =>
        Assert.Equal(toTeeth, (await Track(text, 50)).Poses.Max(pose => pose.Labiodental) > 0.5f);

    [SkippableFact]
    public async Task Track_VowelsOfWords_OpenSpreadAndRound()
    {
        var (open, spread, rounded) = (await Track("aa, ha ha ha.", 50), await Track("he sees cheese.", 50), await Track("who, woo, boo, wool.", 50));

        Assert.True(Wide(open) > Wide(spread) + 0.15f, $"open {Wide(open):F2}, spread {Wide(spread):F2}");
        Assert.True(Spoken(spread).Average(pose => pose.Width) > Spoken(rounded).Average(pose => pose.Width) + 0.2);
        Assert.True(Spoken(rounded).Average(pose => pose.Rounding) > Spoken(spread).Average(pose => pose.Rounding) + 0.3);
    }

    private static async Task<MouthTrack> Track(string text, int fps)
    {
        using var folder = new TemporaryFolder();
        return Tracker.Track(await EspeakVoice.Speak(text, folder.File("speech.wav")), fps);
    }

    private static IEnumerable<MouthPose> Spoken(MouthTrack track) => track.Poses.Where(pose => pose.Voice > 0.5f);

    private static float Wide(MouthTrack track)
    {
        float[] openings = [.. Spoken(track).Select(pose => pose.Opening).Order()];
        return openings[openings.Length * 9 / 10];
    }

    /// <summary>Neighbouring poses that a condition holds for.</summary>
    private static List<List<MouthPose>> Runs(IEnumerable<MouthPose> poses, Func<MouthPose, bool> holds)
    {
        var runs = new List<List<MouthPose>>();
        var before = false;
        foreach (var pose in poses)
        {
            var now = holds(pose);
            if (now && !before)
            {
                runs.Add([]);
            }

            if (now)
            {
                runs[^1].Add(pose);
            }

            before = now;
        }

        return runs;
    }

    private static void AssertStill(IEnumerable<MouthPose> poses)
    {
        float[] openings = [.. poses.Select(pose => pose.Opening)];
        var mean = openings.Average();
        var deviation = Math.Sqrt(openings.Average(opening => (opening - mean) * (opening - mean)));
        Assert.True(deviation <= 0.02 && mean <= 0.05, $"The lips move by {deviation:F3} about {mean:F3}.");
        Assert.InRange(poses.Max(pose => pose.Closure), 0, 0.1f);
    }

    private static float[] Noise(double seconds, double decibels)
    {
        var random = new Random(1);
        var gain = Math.Pow(10, decibels / 20) * Math.Sqrt(3);
        return [.. Enumerable.Range(0, (int)(seconds * AudioTrack.SampleRate)).Select(_ => (float)(gain * ((2 * random.NextDouble()) - 1)))];
    }

    // Voss and McCartney: a sum of noises that change half as often each.
    private static float[] PinkNoise(double seconds, double decibels)
    {
        var random = new Random(2);
        var rows = new double[12];
        var gain = Math.Pow(10, decibels / 20) * Math.Sqrt(3.0 / rows.Length);
        return [.. Enumerable.Range(0, (int)(seconds * AudioTrack.SampleRate)).Select(i =>
        {
            for (var row = 0; row < rows.Length; row++)
            {
                if (i % (1 << row) == 0)
                {
                    rows[row] = (2 * random.NextDouble()) - 1;
                }
            }

            return (float)(gain * rows.Sum());
        })];
    }

    // A minor chord of struck strings, twice a second, a fifth higher every other time.
    private static float[] Music(double seconds) =>
        [.. Enumerable.Range(0, (int)(seconds * AudioTrack.SampleRate)).Select(i =>
        {
            var time = (double)i / AudioTrack.SampleRate;
            var root = 220 * (time % 1 < 0.5 ? 1 : 1.5);
            double[] partials = [root, 1.2 * root, 1.5 * root, 2 * root, 3 * root];
            return (float)(0.08 * Math.Exp(-5 * (time % 0.5)) * partials.Sum(hertz => Math.Sin(Math.Tau * hertz * time)));
        })];
}
