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
    public void EndExpired_AtTheLastMoment_TakesBackOnlyThen()
    {
        book.Grant(Item, Start);
        Assert.Empty(book.EndExpired(Start + Duration - TimeSpan.FromTicks(1)));
        Assert.Equal(Item, Assert.Single(book.EndExpired(Start + Duration)).Item);
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
        Assert.Equal(Item, book.End(Item.Id, holder.Fence));
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
