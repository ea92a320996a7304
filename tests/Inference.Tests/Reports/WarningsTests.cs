using LipSync.Rendering;

namespace LipSync.Reports;

public class WarningsTests
{
    private const int Fps = 25;

    [Theory]
    [InlineData(FaceState.PassedThrough, FaceReason.TurnedAway, "The face is turned away from 0:12 to 0:15, so the source passes through there.")]
    [InlineData(FaceState.Held, FaceReason.NoFace, "No face is seen from 0:12 to 0:15, so the last picture that showed the face stands still there.")]
    [InlineData(FaceState.LowConfidence, FaceReason.Covered, "Something covers the mouth from 0:12 to 0:15, so the mouth may look less sure there.")]
    public void FaceWarnings_OneStretch_SaysWhenAndWhat(FaceState state, FaceReason reason, string expected) =>
        Assert.Equal([expected], FaceWarnings.Of([new(0, 300, FaceState.Synced, null), new(300, 75, state, reason)], Fps));

    [Fact]
    public void FaceWarnings_ManyStretchesOfAKind_AreOneSentence()
    {
        var spans = Enumerable.Range(0, 400).Select(i => new FaceSpan(i * 50, 25, i % 2 == 0 ? FaceState.Synced : FaceState.PassedThrough, i % 2 == 0 ? null : FaceReason.NoFace)).ToList();

        Assert.Equal(
            ["No face is seen 200 times, 200.0 s together, first from 0:02 to 0:03; the source passes through there."], FaceWarnings.Of(spans, Fps));
    }

    [Fact]
    public void FaceWarnings_JustBeforeASecond_CountsAsThatSecond() => Assert.StartsWith(
        "Something covers the mouth from 0:01 to 0:02,", FaceWarnings.Of([new(Fps - 1, Fps + 3, FaceState.PassedThrough, FaceReason.Covered)], Fps).Single());

    [Fact]
    public void FaceWarnings_FaceAlwaysDrawn_AreNone() => Assert.Empty(FaceWarnings.Of([new(0, 300, FaceState.Synced, null)], Fps));

    [Theory]
    [InlineData(0.12, "The source's own sound comes 120 ms late.")]
    [InlineData(-0.08, "The source's own sound comes 80 ms early.")]
    [InlineData(0.02, null)]
    public void SyncWarnings_SourceOutOfSync_SaysByHowMuch(double offset, string? expected) => Assert.Equal(
        expected is null ? [] : [expected], SyncWarnings.OfSource(PlanReport.Empty with { Source = new(offset, 0.4, 0.6, 0.5) }, isPicture: false));

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void SyncWarnings_PaintedMouth_IsWorthAWordInAVideoOnly(bool isPicture, int warnings) =>
        Assert.Equal(warnings, SyncWarnings.OfSource(PlanReport.Empty with { Exemplars = new(0, 0, 0, 0, 250) }, isPicture).Count());

    [Theory]
    [InlineData(0.95, 0, 10, 9, 120, null)]
    [InlineData(0.62, 0, 10, 9, 120, "only loosely (r = 0.62)")]
    [InlineData(0.95, 80, 10, 9, 120, "moves 80 ms late")]
    [InlineData(0.95, -80, 10, 9, 120, "moves 80 ms early")]
    [InlineData(0.95, 0, 10, 6, 120, "4 are not seen closed")]
    [InlineData(0.95, 0, 4, 0, 120, null)]
    [InlineData(0.95, 0, 10, 9, 41.3, "41 pixels")]
    public void SyncWarnings_Output_NamesWhatIsWeak(double r, double lag, int closures, int achieved, float eyeDistance, string? expected)
    {
        var comparison = new MouthComparison(
            [.. Enumerable.Range(0, 100).Select(i => new PlannedMouth(1, 0.001f * i, 0))], [.. Enumerable.Range(0, 100).Select(i => 0.001f * i)], Fps);

        var warnings = SyncWarnings.OfOutput(comparison, new(r, lag, 150), new(closures, closures, achieved), eyeDistance, Fps).ToList();

        if (expected is null)
        {
            Assert.Empty(warnings);
        }
        else
        {
            Assert.Contains(expected, Assert.Single(warnings), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0f, "No speech was heard")]
    [InlineData(0.001f, "not found again")]
    public void SyncWarnings_NothingToCompare_SaysWhy(float growth, string expected)
    {
        var comparison = new MouthComparison(
            [.. Enumerable.Range(0, 100).Select(i => new PlannedMouth(1, growth * i, 0))], [.. Enumerable.Repeat(float.NaN, 100)], Fps);

        Assert.Contains(expected, Assert.Single(SyncWarnings.OfOutput(comparison, null, new(0, 0, 0), 0, Fps)), StringComparison.Ordinal);
    }
}
