using LipSync.Basics;

namespace LipSync.Speech.Adaptation;

public class SpeakerAdaptationTests
{
    private const int Fps = SyntheticSpeaker.Fps;

    [Fact]
    public void Adapt_NothingLearnt_OnlyTakesTheLevelOut()
    {
        var speech = new SyntheticSpeaker(seconds: 10, seed: 1).Speech;

        var adapted = SpeakerAdaptation.None.Adapt(speech);

        var loudest = Quantile.At([.. speech.Poses.Select(pose => pose.Opening).Order()], 0.95f);
        Assert.Equal(speech.Poses.Select(pose => pose.Opening / loudest), adapted.Poses.Select(pose => pose.Opening));
    }

    [Fact]
    public void Learn_NeverSeen_LearnsNothing()
    {
        var source = new SyntheticSpeaker(seconds: 10, seed: 1);

        var adaptation = SpeakerAdaptation.Learn(source.Speech, [.. source.Seen.Select(_ => (SourceMouth?)null)], Fps);

        Assert.Equal(0, adaptation.Credence);
        Assert.Null(adaptation.Report);
    }

    [Fact]
    public void Learn_MuchConsistentSpeech_ReadsThisSpeaker()
    {
        var (generic, adapted, credence) = Try(new(seconds: 60, seed: 1), new(seconds: 20, seed: 2));

        Assert.True(credence > 0.9);
        Assert.InRange(generic, 0.5, 0.85);
        Assert.True(adapted > 0.85, $"r = {adapted:F2} after {generic:F2}");
    }

    [Fact]
    public void Learn_FewSeconds_IsRarelyWorseAndBetterOnTheWhole()
    {
        var gains = Enumerable.Range(0, 20)
            .Select(i => Try(new(seconds: 4, seed: 100 + i), new(seconds: 20, seed: 200 + i)))
            .Select(r => r.Adapted - r.Generic).Order().ToList();

        Assert.True(gains[1] > -0.05, $"{gains[0]:F2}, {gains[1]:F2}");
        Assert.True(gains.Average() > 0.03);
    }

    [Fact]
    public void Learn_SoundOfSomebodyElse_IsHardlyBelieved()
    {
        var seen = new SyntheticSpeaker(seconds: 20, seed: 1).Seen;
        var believed = Enumerable.Range(0, 10).Select(i => SpeakerAdaptation.Learn(new SyntheticSpeaker(20, 50 + i).Speech, seen, Fps).Credence).Order().ToList();

        Assert.True(believed[7] < 0.2, $"{believed[7]:F2}");
        Assert.True(believed[^1] < 0.5, $"{believed[^1]:F2}");
    }

    [Fact]
    public void Adapt_LearntSpeaker_OpensAsFarAsHeDid()
    {
        var source = new SyntheticSpeaker(seconds: 60, seed: 1);

        var adapted = SpeakerAdaptation.Learn(source.Speech, source.Seen, Fps).Adapt(new SyntheticSpeaker(seconds: 60, seed: 4).Speech);

        var openings = adapted.Poses.Select(pose => pose.Opening).Order().ToArray();
        Assert.InRange(Quantile.At(openings, 0.95f), 0.85, 1.1);
        Assert.InRange(Quantile.At(openings, 0.05f), 0, 0.15);
    }

    [Fact]
    public void Adapt_LongPause_ComesToTheGenericRest()
    {
        var source = new SyntheticSpeaker(seconds: 60, seed: 1);
        var spoken = new SyntheticSpeaker(seconds: 10, seed: 4).Speech;
        var speech = spoken with { Poses = [.. spoken.Poses.Take(100), .. Enumerable.Repeat(MouthPose.Rest, 100), .. spoken.Poses.Skip(200)] };

        var adapted = SpeakerAdaptation.Learn(source.Speech, source.Seen, Fps).Adapt(speech);

        Assert.All(Enumerable.Range(130, 40), frame => Assert.Equal(0, adapted[frame].Opening));
    }

    [Fact]
    public void Learn_SoundComesLate_IsFoundAndMadeUpFor()
    {
        var late = new SyntheticSpeaker(seconds: 20, seed: 1, soundLate: 6);

        var adaptation = SpeakerAdaptation.Learn(late.Speech, late.Seen, Fps);

        Assert.Equal(6, adaptation.OffsetFrames);
        Assert.Equal(0.24, adaptation.Report!.OffsetSeconds, 3);
        Assert.True(adaptation.Report.AdaptedCorrelation > adaptation.Report.GenericCorrelation + 0.05);
    }

    private static (double Generic, double Adapted, double Credence) Try(SyntheticSpeaker source, SyntheticSpeaker truth)
    {
        var adaptation = SpeakerAdaptation.Learn(source.Speech, source.Seen, Fps);
        return (R(SpeakerAdaptation.None), R(adaptation), adaptation.Credence);

        double R(SpeakerAdaptation one) => Correlation.Pearson([.. one.Adapt(truth.Speech).Poses.Select(pose => pose.Opening)], truth.Openings);
    }
}
