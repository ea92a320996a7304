using CsCheck;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;

namespace LipSync.Tests.Dispatch;

public sealed class FairQueueTests
{
    [Theory]
    [InlineData(Plan.Pro, Plan.Free)]
    [InlineData(Plan.Free, Plan.Free)]
    public void Dequeue_BacklogOfTenThousand_DelaysAnothersJobByAtMostOneItem(Plan big, Plan small)
    {
        var queue = new FairQueue();
        for (var job = 0; job < 10_000; job++)
        {
            queue.Enqueue(Item("big", $"big-{job}", seconds: 1 + (job % 50), plan: big));
        }

        for (var served = 0; served < 1_000; served++)
        {
            queue.TryDequeue(out _);
        }

        queue.Enqueue(Item("small", "small-0", seconds: 3600, plan: small));
        Assert.InRange(ServedBefore(queue, "small-0"), 0, 1);
    }

    [Fact]
    public void Dequeue_AnySizesAndAccounts_ASingleJobWaitsForAtMostOneItemOfEachOther() =>
        Gen.Select(Gen.Int[1, 6], Gen.Double[0.1, 500].Array[20, 60], Gen.Int[0, 30]).Sample((accounts, sizes, servedFirst) =>
        {
            var queue = new FairQueue();
            for (var index = 0; index < sizes.Length; index++)
            {
                queue.Enqueue(Item($"account-{index % accounts}", $"job-{index}", sizes[index]));
            }

            for (var served = 0; served < Math.Min(servedFirst, sizes.Length / 2); served++)
            {
                queue.TryDequeue(out _);
            }

            queue.Enqueue(Item("late", "late-job", seconds: 10));
            Assert.InRange(ServedBefore(queue, "late-job"), 0, accounts);
        });

    [Fact]
    public void Dequeue_OneItemAtATimeAgainstABacklog_DoesNotStarveTheBacklog()
    {
        var queue = new FairQueue();
        for (var job = 0; job < 100; job++)
        {
            queue.Enqueue(Item("backlog", $"backlog-{job}", seconds: 10));
        }

        var servedToBacklog = 0;
        for (var round = 0; round < 100; round++)
        {
            queue.Enqueue(Item("eager", $"eager-{round}", seconds: 10));
            queue.TryDequeue(out var item);
            servedToBacklog += item!.AccountId == "backlog" ? 1 : 0;
        }

        Assert.InRange(servedToBacklog, 45, 55);
    }

    [Fact]
    public void Dequeue_UnequalPlans_ServesSecondsByWeight()
    {
        var queue = new FairQueue();
        for (var job = 0; job < 1_000; job++)
        {
            queue.Enqueue(Item("pro", $"pro-{job}", seconds: 10, plan: Plan.Pro));
            queue.Enqueue(Item("free", $"free-{job}", seconds: 10, plan: Plan.Free));
        }

        var served = Enumerable.Range(0, 500).Count(_ => queue.TryDequeue(out var item) && item!.AccountId == "pro");
        Assert.InRange(served, 395, 405);
    }

    [Fact]
    public void Dequeue_SameAccount_LaterStagesOfARunningJobComeFirst()
    {
        var queue = new FairQueue();
        queue.Enqueue(Item("a", "new", seconds: 1, stage: Stage.Analyze));
        queue.Enqueue(Item("a", "running", seconds: 1, stage: Stage.Render));
        Assert.Equal(0, queue.Position("running"));
        Assert.Equal(1, queue.Position("new"));
        Assert.Equal(0, ServedBefore(queue, "running"));
    }

    [Fact]
    public void Position_AnyQueue_IsTheNumberServedBefore() =>
        Gen.Select(Gen.Int[1, 4], Gen.Double[0.1, 50].Array[1, 40], Gen.Int[0, 39]).Sample((accounts, sizes, pick) =>
        {
            var queue = new FairQueue();
            for (var index = 0; index < sizes.Length; index++)
            {
                queue.Enqueue(Item($"account-{index % accounts}", $"job-{index}", sizes[index]));
            }

            var job = $"job-{pick % sizes.Length}";
            var position = queue.Position(job)!.Value;
            Assert.InRange(ServedBefore(queue, job), position - accounts, position);
        });

    [Fact]
    public void RemoveJob_WaitingItems_AreGoneAndOthersStay()
    {
        var queue = new FairQueue();
        queue.Enqueue(Item("a", "gone", seconds: 1));
        queue.Enqueue(Item("a", "stays", seconds: 1));
        queue.RemoveJob("gone");
        Assert.Null(queue.Position("gone"));
        Assert.Equal(1, queue.Count);
        Assert.True(queue.TryDequeue(out var item));
        Assert.Equal("stays", item!.Id.JobId);
        Assert.False(queue.TryDequeue(out _));
    }

    [Fact]
    public void EnqueueAgain_ItemThatWasLost_IsServedBeforeItsAccountsOthers()
    {
        var queue = new FairQueue();
        WorkItem[] items = [.. Enumerable.Range(0, 3).Select(index => new WorkItem(new("job", Stage.Render, index), "account", Plan.Free, 1))];
        Array.ForEach(items, item => queue.Enqueue(item));
        Assert.True(queue.TryDequeue(out var lost));

        queue.EnqueueAgain(lost!);

        Assert.True(queue.TryDequeue(out var next));
        Assert.Equal(lost, next);
    }

    [Fact]
    public void Enqueue_Twice_WaitsOnce()
    {
        var queue = new FairQueue();
        Assert.True(queue.Enqueue(Item("a", "job", seconds: 1)));
        Assert.False(queue.Enqueue(Item("a", "job", seconds: 1)));
        Assert.Equal(1, queue.Count);
    }

    private static int ServedBefore(FairQueue queue, string jobId)
    {
        for (var served = 0; queue.TryDequeue(out var item); served++)
        {
            if (item!.Id.JobId == jobId)
            {
                return served;
            }
        }

        throw new InvalidOperationException($"{jobId} was never served.");
    }

    private static WorkItem Item(string account, string job, double seconds, Plan plan = Plan.Free, Stage stage = Stage.Ingest) =>
        new(new(job, stage, 0), account, plan, seconds);
}
