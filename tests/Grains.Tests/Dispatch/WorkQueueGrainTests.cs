using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Dispatch;

public sealed class WorkQueueGrainTests
{
    private static readonly WorkItem Item = new(new("job", Stage.Render, 0), "account", Plan.Free, 1);
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Take_WhileNothingWaits_IsServedByTheNextEnqueue()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        var taking = queue.Take("slot", Wait, CancellationToken.None);
        Assert.False(taking.IsCompleted);
        await queue.Enqueue([Item]);
        Assert.Equal(Item, (await taking)!.Item);
    }

    [Fact]
    public async Task Take_WaitOver_AnswersNothingAndLosesNothing()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        var taking = queue.Take("slot", Wait, CancellationToken.None);
        await silo.AdvanceUntil(() => taking.IsCompleted);
        Assert.Null(await taking);
        await queue.Enqueue([Item]);
        Assert.Equal(0, await queue.Position("job"));
    }

    [Fact]
    public async Task Take_Cancelled_TheItemReachesAnother()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        using var cancel = new CancellationTokenSource();
        var taking = queue.Take("slot", Wait, cancel.Token);
        await queue.Position("job");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
        await queue.Enqueue([Item]);
        var other = TakeInTheEnd(queue);

        // The cancellation travels by itself: where the item was faster, it was leased to nobody, and the lease runs out.
        await silo.AdvanceUntil(() => other.IsCompleted);
        Assert.Equal(Item.Id, (await other)!.Item.Id);
    }

    [Fact]
    public async Task Describe_AsItemsComeAndGo_SaysWhatWaitsAndForHowLong()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue(Pools.Cpu);
        Assert.Equal(new QueueLoad(0, 0, TimeSpan.Zero), await queue.Describe());

        await queue.Enqueue([Item]);
        silo.Time.Advance(TimeSpan.FromSeconds(2));
        await queue.Enqueue([Item, Item with { Id = Item.Id with { Index = 1 } }]);
        Assert.Equal(new QueueLoad(2, 0, TimeSpan.FromSeconds(2)), await queue.Describe());

        var lease = await queue.Take("slot", Wait, CancellationToken.None);
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new QueueLoad(1, 1, TimeSpan.FromSeconds(1)), await queue.Describe());
        Assert.Equal(
            [new QueueView(Pools.Cpu, 0, 1, 1, TimeSpan.FromSeconds(1)), new QueueView(Pools.Gpu, 0, 0, 0, TimeSpan.Zero)],
            (await silo.Grains.GetGrain<IQueueListGrain>(0).List()).AsEnumerable());

        await queue.Return(lease!.Item.Id, lease.Fence);
        Assert.Equal(2, (await queue.Describe()).Waiting);
        await queue.Forget("job");
        Assert.Equal(new QueueLoad(0, 0, TimeSpan.Zero), await queue.Describe());
    }

    [Fact]
    public async Task Lease_NotRenewed_GoesToAWaitingSlotWithALargerFence()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item]);
        var lost = await queue.Take("dead", Wait, CancellationToken.None);
        var taking = TakeInTheEnd(queue);
        await silo.AdvanceUntil(() => taking.IsCompleted);

        var lease = await taking;
        Assert.Equal(Item.Id, lease!.Item.Id);
        Assert.True(lease.Fence > lost!.Fence);
        Assert.False(await queue.Renew(Item, lost.Fence));
        Assert.False(await queue.Complete(Item.Id, lost.Fence));
        Assert.True(await queue.Complete(Item.Id, lease.Fence));
    }

    [Fact]
    public async Task Enqueue_LeasedItem_IsNotOfferedTwice()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item, Item]);
        var lease = await queue.Take("slot", Wait, CancellationToken.None);
        await queue.Enqueue([Item]);
        Assert.Null(await queue.Position("job"));
        Assert.True(await queue.Return(Item.Id, lease!.Fence));
        Assert.Equal(0, await queue.Position("job"));
    }

    [Fact]
    public async Task Fences_AfterTheQueueIsLost_ExceedAllEarlierOnes()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item]);
        var before = await queue.Take("slot", Wait, CancellationToken.None);
        await silo.Deactivate(queue);
        silo.Time.Advance(TimeSpan.FromMilliseconds(1));
        await queue.Enqueue([Item]);
        var after = await queue.Take("slot", Wait, CancellationToken.None);
        Assert.True(after!.Fence > before!.Fence);
        Assert.False(await queue.Complete(Item.Id, before.Fence));
    }

    [Fact]
    public async Task Renew_LeaseOfALostQueue_IsAdoptedAndTheItemIsOfferedToNobodyElse()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item]);
        var lease = await queue.Take("slot", Wait, CancellationToken.None);
        await silo.Deactivate(queue);
        silo.Time.Advance(TimeSpan.FromMilliseconds(1));
        await queue.Enqueue([Item]);

        Assert.True(await queue.Renew(Item, lease!.Fence));
        Assert.Null(await queue.Position("job"));
        Assert.True(await queue.Complete(Item.Id, lease.Fence));
    }

    [Fact]
    public async Task Renew_RanOutButNobodyTookTheItem_IsTheSlotsAgain()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item]);
        var lease = await queue.Take("slot", Wait, CancellationToken.None);
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        await queue.Enqueue([]);
        Assert.Equal(0, await queue.Position("job"));

        Assert.True(await queue.Renew(Item, lease!.Fence));
        Assert.Null(await queue.Position("job"));
    }

    [Fact]
    public async Task Renew_ByAnEarlierHolderWhileTheItemWaitsAgain_IsRefused()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item]);
        var zombie = await queue.Take("slot", Wait, CancellationToken.None);
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        var later = await queue.Take("slot", Wait, CancellationToken.None);
        Assert.True(await queue.Return(Item.Id, later!.Fence));

        Assert.False(await queue.Renew(zombie!.Item, zombie.Fence));
        Assert.Equal(0, await queue.Position("job"));
    }

    [Fact]
    public async Task Clock_SetBack_LeasesRunOutAllTheSame()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item]);
        var lost = await queue.Take("dead", Wait, CancellationToken.None);
        silo.Time.SetBack(TimeSpan.FromHours(1));
        silo.Time.Advance(TimeSpan.FromMinutes(1));
        var lease = await queue.Take("slot", Wait, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(lease!.Fence > lost!.Fence);
    }

    [Fact]
    public async Task Forget_EndedJob_TakesItsItemsAndLeasesAway()
    {
        await using var silo = await TestSilo.Start();
        var queue = silo.Queue("test");
        await queue.Enqueue([Item, Item with { Id = new("job", Stage.Render, 1) }]);
        var lease = await queue.Take("slot", Wait, CancellationToken.None);
        await queue.Forget("job");
        Assert.Null(await queue.Position("job"));
        Assert.False(await queue.Renew(Item, lease!.Fence));
    }

    private static async Task<Lease?> TakeInTheEnd(IWorkQueueGrain queue)
    {
        Lease? lease;
        while ((lease = await queue.Take("patient", Wait, CancellationToken.None)) is null)
        {
        }

        return lease;
    }
}
