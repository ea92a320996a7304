using LipSync.Rendering;

namespace LipSync.Reports;

public class MouthComparisonTests
{
    private const int Fps = 25;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 80)]
    [InlineData(-3, -120)]
    public void Opening_MouthMovesLateOrEarly_TellsByHowMuch(int frames, double milliseconds)
    {
        var planned = Speech(200);
        var seen = Enumerable.Range(0, 200).Select(i => planned[Math.Clamp(i - frames, 0, 199)].Opening).ToArray();

        var opening = new MouthComparison(planned, seen, Fps).Opening();

        Assert.Equal((milliseconds, 200), (opening!.LagMs, opening.Frames));
        Assert.Equal(frames == 0, opening.R > 0.999);
    }

    [Fact]
    public void Opening_FramesNotLookedAt_DoNotCount()
    {
        var planned = Speech(200);
        var seen = planned.Select((frame, i) => i % 50 < 20 ? frame.Opening : float.NaN).ToArray();

        Assert.Equal(new OpeningAgreement(1, 0, 80), new MouthComparison(planned, seen, Fps).Opening());
    }

    [Fact]
    public void Opening_SilentSpeech_IsNothingToCompare()
    {
        var planned = Enumerable.Repeat(new PlannedMouth(1, 0.01f, 0), 100).ToArray();

        var comparison = new MouthComparison(planned, new float[100], Fps);

        Assert.False(comparison.Speaks);
        Assert.Null(comparison.Opening());
    }

    [Fact]
    public void Closures_SomeReachedSomeMissedSomeUnseen_AreCountedApart()
    {
        var planned = Speech(100);
        var seen = planned.Select(frame => frame.Opening).ToArray();
        foreach (var first in new[] { 20, 40, 60 })
        {
            for (var i = first; i < first + 3; i++)
            {
                planned[i] = planned[i] with { Closure = 0.9f };
                seen[i] = first switch { 20 => 0.01f, 40 => 0.08f, _ => float.NaN };
            }
        }

        planned[80] = new(0.5f, 0.01f, 1);

        Assert.Equal(new ClosureFigures(3, 2, 1), new MouthComparison(planned, seen, Fps).Closures());
    }

    private static PlannedMouth[] Speech(int frames) =>
        [.. Enumerable.Range(0, frames).Select(i => new PlannedMouth(1, 0.06f + (0.03f * MathF.Sin(i * 0.37f)) + (0.02f * MathF.Sin(i * 0.11f)), 0))];
}
