using CsCheck;
using LipSync.Accounts;

namespace LipSync.Tests.Accounts;

public sealed class TurnLineTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    private readonly TurnLine line = new();

    [Fact]
    public void TryTake_MoreJobsThanPlaces_TheFirstToComeIsTheFirstToGo()
    {
        Assert.True(line.TryTake("a", free: 1));
        Assert.False(line.TryTake("b", free: 0));
        Assert.False(line.TryTake("c", free: 0));
        Assert.False(line.TryTake("c", free: 1));
        Assert.True(line.TryTake("b", free: 1));
        Assert.True(line.TryTake("c", free: 1));
        Assert.Equal(0, line.Count);
    }

    [Fact]
    public void TryTake_AgainWhileWaiting_KeepsItsPlace()
    {
        foreach (var job in new[] { "a", "b", "a", "b", "a" })
        {
            Assert.False(line.TryTake(job, free: 0));
        }

        Assert.Equal((2, 0, 1, null), (line.Count, line.Place("a"), line.Place("b"), line.Place("c")));
    }

    [Fact]
    public void Call_PlacesFree_NamesAsManyOfTheLongestWaiting()
    {
        Wait("a", "b", "c");
        Assert.Equal(["a", "b"], line.Call(free: 2, Now));
        Assert.Empty(line.Call(free: 0, Now));
        Assert.Equal(["a", "b", "c"], line.Call(int.MaxValue, Now));
    }

    [Fact]
    public void Call_HeadCancelled_TheNextFollows()
    {
        Wait("a", "b");
        line.Leave("a");
        Assert.Equal(["b"], line.Call(free: 1, Now));
        Assert.True(line.TryTake("b", free: 1));
    }

    [Fact]
    public void Call_HeadNeverCame_LosesItsPlaceAfterAWhile()
    {
        Wait("a", "b");
        Assert.Equal(["a"], line.Call(free: 1, Now));
        Assert.Equal(["a"], line.Call(free: 1, Now + TurnLine.Patience - TimeSpan.FromTicks(1)));
        Assert.Equal(["b"], line.Call(free: 1, Now + TurnLine.Patience));
    }

    [Fact]
    public void Call_HeadCameWhileAllPlacesWereTakenAgain_KeepsItsPlace()
    {
        Wait("a", "b");
        line.Call(free: 1, Now);
        Assert.False(line.TryTake("a", free: 0));
        Assert.Equal(["a"], line.Call(free: 1, Now + TurnLine.Patience));
    }

    [Fact]
    public void Place_LongLine_IsCountedUpToTheFurthest()
    {
        Wait([.. Enumerable.Range(0, TurnLine.FurthestPlace + 500).Select(number => $"{number}")]);
        Assert.Equal(999, line.Place("999"));
        Assert.Equal(TurnLine.FurthestPlace, line.Place("1400"));
    }

    [Fact]
    public void AnySteps_PlacesAreNeverExceededAndNobodyIsServedBeforeWhoWaitsLonger() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9]).Array[0, 200].Sample(steps =>
        {
            const int Places = 3;
            var (tested, running, waiting) = (new TurnLine(), new HashSet<string>(StringComparer.Ordinal), new List<string>());
            foreach (var (kind, number) in steps)
            {
                var job = $"{number}";
                if (kind == 0)
                {
                    running.Remove(job);
                    waiting.Remove(job);
                    tested.Leave(job);
                }
                else if (!running.Contains(job))
                {
                    var free = Places - running.Count;
                    if (!waiting.Contains(job))
                    {
                        waiting.Add(job);
                    }

                    Assert.Equal(waiting.IndexOf(job) < free, tested.TryTake(job, free));
                    if (waiting.IndexOf(job) < free)
                    {
                        waiting.Remove(job);
                        running.Add(job);
                    }
                }

                Assert.True(running.Count <= Places);
                Assert.Equal(waiting, tested.Call(int.MaxValue, Now));
            }
        });

    private void Wait(params string[] jobs)
    {
        foreach (var job in jobs)
        {
            Assert.False(line.TryTake(job, free: 0));
        }
    }
}
