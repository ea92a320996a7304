using LipSync.Idempotency;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Idempotency;

public sealed class IdempotencyGrainTests
{
    private const string Request = "the request";
    private static readonly byte[] Answer = [1, 2, 3];

    [Fact]
    public async Task Begin_WhileTheFirstRuns_IsInFlightUntilItIsAnswered()
    {
        await using var silo = await TestSilo.Start();
        var key = Key(silo);
        var started = await Started(key);

        Assert.Equal(new OperationInFlight(TimeSpan.FromSeconds(1)), await key.Begin(Request));
        Assert.True(await key.Complete(started.Ticket, Answer));
        await silo.Deactivate(key);

        Assert.Equal(Answer, Assert.IsType<OperationDone>(await key.Begin(Request)).Answer);
        Assert.Equal(7, Guid.ParseExact(started.OperationId, "N").Version);
    }

    [Fact]
    public async Task Begin_FiftyAtOnce_OneRuns()
    {
        await using var silo = await TestSilo.Start();

        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Key(silo).Begin(Request)));

        Assert.Single(results.OfType<OperationStarted>());
        Assert.Equal(49, results.OfType<OperationInFlight>().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Begin_AnotherRequest_IsAConflict(bool answered)
    {
        await using var silo = await TestSilo.Start();
        var started = await Started(Key(silo));
        if (answered)
        {
            await Key(silo).Complete(started.Ticket, Answer);
        }

        Assert.IsType<OperationConflict>(await Key(silo).Begin("another"));
    }

    [Fact]
    public async Task Begin_GatewayDied_GoesOnWithTheSameOperationAfterTheLease()
    {
        await using var silo = await TestSilo.Start();
        var key = Key(silo);
        var lost = await Started(key);
        silo.Time.Advance(lost.Lease - TimeSpan.FromSeconds(1));
        Assert.True(await key.Renew(lost.Ticket));
        silo.Time.Advance(lost.Lease - TimeSpan.FromSeconds(1));
        Assert.IsType<OperationInFlight>(await key.Begin(Request));
        silo.Time.Advance(TimeSpan.FromSeconds(1));

        var next = await Started(key);

        Assert.Equal(lost.OperationId, next.OperationId);
        Assert.False(await key.Renew(lost.Ticket));
        Assert.False(await key.Complete(lost.Ticket, [9]));
        await key.Release(lost.Ticket);
        await key.Forget(lost.Ticket);
        Assert.IsType<OperationInFlight>(await key.Begin(Request));
        Assert.True(await key.Complete(next.Ticket, Answer));
        Assert.True(await key.Complete(next.Ticket, Answer));
    }

    [Fact]
    public async Task Begin_AfterRelease_GoesOnWithTheSameOperationAtOnce()
    {
        await using var silo = await TestSilo.Start();
        var first = await Started(Key(silo));
        await Key(silo).Release(first.Ticket);

        Assert.IsType<OperationConflict>(await Key(silo).Begin("another"));
        Assert.Equal(first.OperationId, (await Started(Key(silo))).OperationId);
    }

    [Fact]
    public async Task Begin_AfterARefusal_IsANewOperationOfAnyRequest()
    {
        await using var silo = await TestSilo.Start();
        var first = await Started(Key(silo));
        await Key(silo).Forget(first.Ticket);

        var second = Assert.IsType<OperationStarted>(await Key(silo).Begin("another"));

        Assert.NotEqual(first.OperationId, second.OperationId);
        Assert.True(second.IsFirst);
    }

    [Fact]
    public async Task Begin_OperationWhoseOutcomeIsOpen_IsNotTheFirst()
    {
        await using var silo = await TestSilo.Start();
        var first = await Started(Key(silo));
        await Key(silo).Release(first.Ticket);

        var second = await Started(Key(silo));

        Assert.Equal((true, false), (first.IsFirst, second.IsFirst));
    }

    [Fact]
    public async Task Forget_RefusedRequests_LeaveNoRecords()
    {
        await using var silo = await TestSilo.Start();
        var before = silo.State.Records;
        await Key(silo).Forget((await Started(Key(silo))).Ticket);

        Assert.Equal(before, silo.State.Records);
    }

    [Fact]
    public async Task Begin_ADayAfterTheAnswer_IsANewOperation()
    {
        await using var silo = await TestSilo.Start();
        var first = await Started(Key(silo));
        await Key(silo).Complete(first.Ticket, Answer);
        silo.Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        Assert.IsType<OperationDone>(await Key(silo).Begin(Request));
        silo.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.NotEqual(first.OperationId, (await Started(Key(silo))).OperationId);
    }

    [Fact]
    public async Task Reminder_WhenTheDayIsOver_RemovesTheRecord()
    {
        await using var silo = await TestSilo.Start();
        var key = Key(silo);
        var before = silo.State.Records;
        await key.Complete((await Started(key)).Ticket, Answer);
        var reminder = key.AsReference<IRemindable>();

        await reminder.ReceiveReminder("forget", default);
        Assert.Equal(before + 1, silo.State.Records);
        silo.Time.Advance(TimeSpan.FromHours(24));
        await reminder.ReceiveReminder("forget", default);

        Assert.Equal(before, silo.State.Records);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Complete_WriteFails_TheNextTryCompletes(bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var started = await Started(Key(silo));
        silo.State.FailWrite("idempotency", afterStoring);

        await Assert.ThrowsAnyAsync<Exception>(() => Key(silo).Complete(started.Ticket, Answer));
        Assert.Equal(1, silo.State.Fired);

        Assert.True(await Key(silo).Complete(started.Ticket, Answer));
        Assert.Equal(Answer, Assert.IsType<OperationDone>(await Key(silo).Begin(Request)).Answer);
    }

    private static IIdempotencyGrain Key(TestSilo silo) => silo.Grains.GetGrain<IIdempotencyGrain>("account:acc-1:hash");

    private static async Task<OperationStarted> Started(IIdempotencyGrain key) => Assert.IsType<OperationStarted>(await key.Begin(Request));
}
