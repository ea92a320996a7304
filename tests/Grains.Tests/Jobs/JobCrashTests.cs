using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobCrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_WriteFails_ThrowsAndSubmittingAgainHoldsOnce(bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite("job", afterStoring);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);
        Assert.True((await silo.Job(jobId).Submit(Samples.Spec())).Accepted);
        Assert.Equal(10, (await silo.Account.Describe())!.Held);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_AccountFailsAndNobodyTriesAgain_WhatIsWrittenGoesOnByItself(bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite("account", afterStoring);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);
        Assert.Equal(JobStatus.Queued, (await silo.Job(jobId).Describe(Samples.Account))!.Status);

        await silo.AdvanceUntil(() => silo.Projections.Row(jobId) is { Status: JobStatus.Queued });
        Assert.Equal((990, 10), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        Assert.Equal(jobId, (await silo.Take(Pools.Cpu)).Item.Id.JobId);
    }

    [Fact]
    public async Task Submit_AccountFailsAndThenRefuses_EndsTheJobWithoutARow()
    {
        await using var silo = await TestSilo.Start(credits: 9);
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailRead("account");

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);

        await silo.AdvanceUntil(async () => await silo.Job(jobId).Describe(Samples.Account) is null);
        Assert.Equal(SubmitRefusal.InsufficientCredits, (await silo.Job(jobId).Submit(Samples.Spec())).Refusal);
        Assert.Null(silo.Projections.Row(jobId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Submit_AccountFailsAndIsTriedAgain_HoldsOnceAndGoesOn(bool afterStoring)
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite("account", afterStoring);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);

        Assert.True((await silo.Job(jobId).Submit(Samples.Spec())).Accepted);
        Assert.Equal((990, 10), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        Assert.Equal(jobId, (await silo.Take(Pools.Cpu)).Item.Id.JobId);
    }

    [Fact]
    public async Task Submit_AgainAfterACrashBetweenHoldAndItsSave_HoldsOnceAndGoesOn()
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite("job", skip: 1);

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);
        Assert.Equal(10, (await silo.Account.Describe())!.Held);

        // Somebody may wake the job before its submitter tries again.
        await silo.Job(jobId).Resume();
        Assert.True((await silo.Job(jobId).Submit(Samples.Spec())).Accepted);
        Assert.Equal((990, 10), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        Assert.Equal(jobId, (await silo.Take(Pools.Cpu)).Item.Id.JobId);
    }

    [Fact]
    public async Task Reminder_SubmitBrokeOffAndNobodyTriedAgain_GoesOnWithTheHold()
    {
        await using var silo = await TestSilo.Start();
        var jobId = JobId.New(silo.Time.GetUtcNow());
        silo.State.FailWrite("job", skip: 1);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Job(jobId).Submit(Samples.Spec()));
        Assert.Equal(1, silo.State.Fired);

        await silo.Job(jobId).AsReference<IRemindable>().ReceiveReminder("resume", default);
        Assert.Equal((990, 10), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
        Assert.Equal(jobId, (await silo.Take(Pools.Cpu)).Item.Id.JobId);
        Assert.True((await silo.Job(jobId).Submit(Samples.Spec())).Accepted);
    }

    [Fact]
    public async Task Submit_SameIdAnotherRequest_IsAConflictAndChangesNothing()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var other = Samples.Spec() with { InputType = InputType.Image };

        Assert.Equal(SubmitRefusal.Conflict, (await silo.Job(jobId).Submit(other)).Refusal);
        Assert.True((await silo.Job(jobId).Submit(Samples.Spec())).Accepted);
        Assert.Equal(InputType.Video, (await silo.Job(jobId).Describe(Samples.Account))!.InputType);
    }

    [Fact]
    public async Task FinishItem_FailureReportedAgainAndAgain_CountsOnce()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var lease = await silo.Begin(Pools.Cpu);
        for (var report = 0; report <= JobDecisions.MaxAttempts; report++)
        {
            Assert.True(await silo.Fail(lease, "processing_failed", retryable: true));
        }

        Assert.Equal(JobStatus.Processing, (await silo.Job(jobId).Describe(Samples.Account))!.Status);
        await silo.Queue(Pools.Cpu).Return(lease.Item.Id, lease.Fence);
        Assert.True(await silo.Finish(await silo.Begin(Pools.Cpu), Samples.Media(275)));
    }

    [Fact]
    public async Task BeginItem_SlotDiesWithItThreeTimes_FailsTheJobAndFreesItsCredits()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        for (var attempt = 0; attempt < JobDecisions.MaxAttempts; attempt++)
        {
            await silo.Begin(Pools.Cpu);

            // Its process takes job and queue along.
            await silo.Deactivate(silo.Job(jobId));
            silo.Time.Advance(TimeSpan.FromSeconds(16));
        }

        var fourth = await silo.Take(Pools.Cpu);
        Assert.Null(await silo.Job(jobId).BeginItem(fourth.Item.Id, fourth.Fence));
        Assert.Equal("processing_failed", (await silo.Job(jobId).Describe(Samples.Account))!.Error!.Code);
        Assert.Equal((1000, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
    }

    [Fact]
    public async Task ReturnItem_ByASlotThatLostItsLease_IsNotCountedAndOffersItAgain()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        for (var attempt = 0; attempt <= JobDecisions.MaxAttempts; attempt++)
        {
            var lease = await silo.Begin(Pools.Cpu);
            await silo.Deactivate(silo.Queue(Pools.Cpu));
            await silo.Job(jobId).ReturnItem(lease.Item.Id, lease.Fence);
            silo.Time.Advance(TimeSpan.FromMilliseconds(1));
        }

        var last = await silo.Begin(Pools.Cpu);
        await silo.Job(jobId).ReturnItem(last.Item.Id, last.Fence - 1);
        Assert.True(await silo.Finish(last, Samples.Media(275)));
        Assert.Equal(Stage.Analyze, (await silo.Job(jobId).Describe(Samples.Account))!.Stage);
    }

    [Fact]
    public async Task BeginItem_QueueCameToLifeUnderAClockThatWasSetBack_IsNotLate()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var lost = await silo.Begin(Pools.Cpu);
        await silo.Deactivate(silo.Queue(Pools.Cpu));
        silo.Time.SetBack(TimeSpan.FromHours(1));
        await silo.Job(jobId).Resume();

        var lease = await silo.Begin(Pools.Cpu);
        Assert.True(lease.Fence > lost.Fence);
        Assert.True(await silo.Finish(lease, Samples.Media(275)));
    }

    [Fact]
    public async Task FinishItem_SaveFails_ReportingAgainIsAccepted()
    {
        await using var silo = await TestSilo.Start();
        await silo.Submit();
        var ingest = await silo.Begin(Pools.Cpu);
        silo.State.FailWrite("job");

        await Assert.ThrowsAnyAsync<Exception>(() => silo.Finish(ingest, Samples.Media(275)));
        Assert.Equal(1, silo.State.Fired);
        Assert.True(await silo.Finish(ingest, Samples.Media(275)));
        Assert.Equal(Stage.Analyze, (await silo.Take(Pools.Gpu)).Item.Id.Stage);
    }

    [Fact]
    public async Task Resume_QueuesLost_OffersOnlyUnfinishedChunks()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        await silo.ReachRendering();
        await silo.Finish(await silo.Begin(Pools.Gpu), new RenderResult());
        await silo.Deactivate(silo.Queue(Pools.Gpu));
        await silo.Deactivate(silo.Job(jobId));
        Assert.Null(await silo.Queue(Pools.Gpu).Position(jobId));

        await silo.Job(jobId).Resume();
        await silo.Job(jobId).Resume();
        List<int> offered = [];
        while (await silo.Queue(Pools.Gpu).Position(jobId) is not null)
        {
            offered.Add((await silo.Take(Pools.Gpu)).Item.Id.Index);
        }

        Assert.Equal([1, 2, 3], offered);
    }

    [Fact]
    public async Task FinishItem_ByAZombie_IsRefusedAndTheHoldersIsTaken()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var zombie = await silo.Begin(Pools.Cpu);
        silo.Time.Advance(TimeSpan.FromSeconds(16));
        var holder = await silo.Begin(Pools.Cpu);

        Assert.True(holder.Fence > zombie.Fence);
        Assert.False(await silo.Job(jobId).ReportProgress(zombie.Item.Id, zombie.Fence, 0.5));
        Assert.False(await silo.Finish(zombie, Samples.Media(9999)));
        Assert.Null(await silo.Job(jobId).BeginItem(zombie.Item.Id, zombie.Fence));
        Assert.Null(await silo.Job(jobId).BeginItem(holder.Item.Id, holder.Fence));
        Assert.True(await silo.Finish(holder, Samples.Media(275)));
        Assert.True(await silo.Finish(holder, Samples.Media(275)));
        Assert.Equal(1, (await silo.Account.Describe())!.Held);
    }

    [Fact]
    public async Task Reminder_LastWriteLost_ReplaysTheEndAndDisappears()
    {
        await using var silo = await TestSilo.Start();
        var jobId = await silo.Submit();
        var ingest = await silo.Begin(Pools.Cpu);
        silo.State.FailWrite("job", skip: 1);
        await Assert.ThrowsAnyAsync<Exception>(() => silo.Fail(ingest, "invalid_media", retryable: false));
        Assert.Equal(1, silo.State.Fired);

        var reminded = silo.Job(jobId).AsReference<IRemindable>();
        await reminded.ReceiveReminder("resume", default);
        var writes = silo.State.Writes["job"];
        await reminded.ReceiveReminder("resume", default);
        Assert.Equal(writes, silo.State.Writes["job"]);
        Assert.Equal((1000, 0), ((await silo.Account.Describe())!.Available, (await silo.Account.Describe())!.Held));
    }

    [Fact]
    public async Task Reads_UnknownJob_AnswerNothingAndWriteNothing()
    {
        await using var silo = await TestSilo.Start();
        var known = await silo.Submit();
        var (records, unknown) = (silo.State.Records, silo.Job(JobId.New(silo.Time.GetUtcNow())));

        Assert.Null(await unknown.Describe(Samples.Account));
        Assert.Null(await unknown.BeginItem(new(unknown.GetPrimaryKeyString(), Stage.Ingest, 0), 1));
        await unknown.Resume();
        Assert.Null(await silo.Job(known).Describe("another account"));
        Assert.Equal(records, silo.State.Records);
    }
}
