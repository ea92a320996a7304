using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs;

namespace LipSync.Tests.Dispatch;

public sealed class LeaseBookTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);
    private static readonly WorkItem Item = new(new("job", Stage.Render, 3), "account", Plan.Free, 1);

    private readonly LeaseBook book = new(firstFence: 100, Duration);

    [Fact]
    public void Grant_Again_HasALargerFence()
    {
        var first = book.Grant(Item, Start);
        book.End(Item.Id, first.Fence);
        Assert.True(book.Grant(Item, Start).Fence > first.Fence);
    }

    [Fact]
    public void Grant_ItemWithAFenceOfALaterClock_ExceedsItAndGoesOnFromThere()
    {
        var known = book.Grant(Item with { Fence = 5000 }, Start);
        var next = book.Grant(Item with { Id = new("job", Stage.Render, 4) }, Start);
        Assert.Equal((5001, 5002), (known.Fence, next.Fence));
    }

    [Fact]
    public void Grant_AfterALeaseOfALaterClockWasAdopted_ExceedsIt()
    {
        book.Adopt(Item, 5000, Start);
        var returned = book.End(Item.Id, 5000)!;
        Assert.Equal(5001, book.Grant(returned, Start).Fence);
    }

    [Fact]
    public void EndAndEndExpired_WhatIsPutBack_CarriesTheFenceOfItsLease()
    {
        var first = book.Grant(Item, Start);
        Assert.Equal(first.Fence, book.End(Item.Id, first.Fence)!.Fence);
        var second = book.Grant(Item, Start);
        Assert.Equal(second.Fence, Assert.Single(book.EndExpired(Start + Duration)).Fence);
    }

    [Fact]
    public void EndExpired_AtTheLastMoment_TakesBackOnlyThen()
    {
        book.Grant(Item, Start);
        Assert.Empty(book.EndExpired(Start + Duration - TimeSpan.FromTicks(1)));
        Assert.Equal(Item.Id, Assert.Single(book.EndExpired(Start + Duration)).Id);
        Assert.False(book.Contains(Item.Id));
    }

    [Fact]
    public void Renew_Held_ProlongsTheLease()
    {
        var lease = book.Grant(Item, Start);
        Assert.True(book.Renew(Item.Id, lease.Fence, Start + Duration / 2));
        Assert.Empty(book.EndExpired(Start + Duration));
    }

    [Fact]
    public void RenewAndEnd_ByAnEarlierHolder_AreRefused()
    {
        var zombie = book.Grant(Item, Start);
        book.EndExpired(Start + Duration);
        var holder = book.Grant(Item, Start + Duration);
        Assert.False(book.Renew(Item.Id, zombie.Fence, Start + Duration));
        Assert.Null(book.End(Item.Id, zombie.Fence));
        Assert.Equal(Item with { Fence = holder.Fence }, book.End(Item.Id, holder.Fence));
    }

    [Fact]
    public void RemoveJob_Held_EndsItsLeases()
    {
        var lease = book.Grant(Item, Start);
        book.RemoveJob("job");
        Assert.Null(book.End(Item.Id, lease.Fence));
        Assert.False(book.Contains(Item.Id));
    }
}
