using CsCheck;
using LipSync.Jobs;
using LipSync.Slots.Status;

namespace LipSync.Tests.Slots;

public sealed class FailureStreakTests
{
    [Fact]
    public void Failed_AtAsManyJobsAsTheLimit_IsBroken()
    {
        var streak = new FailureStreak(3);
        Assert.False(streak.Failed(Stage.Render, "a"));
        Assert.False(streak.Failed(Stage.Render, "b"));
        Assert.True(streak.Failed(Stage.Render, "c"));
    }

    [Fact]
    public void Failed_AtTheSameJobAgainAndAgain_IsNotBroken()
    {
        var streak = new FailureStreak(2);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.False(streak.Failed(Stage.Render, "a")));
    }

    [Fact]
    public void Succeeded_AtTheStage_BeginsAnew()
    {
        var streak = new FailureStreak(2);
        streak.Failed(Stage.Render, "a");
        streak.Succeeded(Stage.Render);
        Assert.False(streak.Failed(Stage.Render, "b"));
    }

    [Fact]
    public void Succeeded_AtAnotherStage_ProvesNothing()
    {
        var streak = new FailureStreak(2);
        streak.Failed(Stage.Render, "a");
        streak.Succeeded(Stage.Analyze);
        Assert.True(streak.Failed(Stage.Render, "b"));
    }

    [Fact]
    public void Failed_AnyRun_IsBrokenAsSoonAsTheLimitOfDifferentJobsIsReached() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 6].List[0, 40]).Sample((limit, jobs) =>
        {
            var streak = new FailureStreak(limit);
            var seen = new HashSet<int>();
            return jobs.TrueForAll(job =>
            {
                seen.Add(job);
                return streak.Failed(Stage.Ingest, $"job-{job}") == (seen.Count >= limit);
            });
        });
}
