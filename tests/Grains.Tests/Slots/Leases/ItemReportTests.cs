using LipSync.Jobs;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots.Leases;

/// <summary>What slots do about a job that can't be reached for a while.</summary>
public sealed class ItemReportTests
{
    /// <summary>The tests' clock runs faster than the slots work; what takes less than this waited for no lease to run out.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private static readonly Dictionary<string, string?> OneOfEach = new() { ["LipSync:Slots:CpuSlots"] = "1", ["LipSync:Slots:MediaSlots"] = "1" };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string?> Patient = new(OneOfEach) { ["LipSync:Slots:DrainPatience"] = Patience.ToString() };

    private static readonly Dictionary<string, string?> LongLeases = new(OneOfEach) { ["LipSync:Dispatch:LeaseDuration"] = Lease.ToString() };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BeginItem_NoAnswer_TheItemComesBackAtOnceAndUncounted(bool afterCall)
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: LongLeases);
        silo.Failures.Fail("IJobGrain.BeginItem", JobDecisions.MaxAttempts, afterCall);
        silo.Failures.Fail("IJobGrain.ReturnItem", 2);
        var jobId = await silo.Submit();

        Assert.InRange(await TimeToComplete(silo, jobId), TimeSpan.Zero, Lease);
        Assert.Equal(JobDecisions.MaxAttempts + 2, silo.Failures.Fired);
    }

    [Fact]
    public async Task FinishItem_JobComesBackAfterAWhile_IsToldAndNothingIsDoneTwice()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: LongLeases);
        silo.Failures.Fail("IJobGrain.FinishItem", 20);
        var jobId = await silo.Submit();

        Assert.InRange(await TimeToComplete(silo, jobId), TimeSpan.FromSeconds(20), Lease);
        Assert.Equal(20, silo.Failures.Fired);
        Assert.All(silo.Engine.Calls.Values, calls => Assert.Equal(1, calls));
    }

    [Fact]
    public async Task Return_QueueDoesNotAnswer_TheItemIsDoneAllTheSame()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: OneOfEach);
        silo.Failures.Fail("IJobGrain.BeginItem", 1);
        silo.Failures.Fail("IWorkQueueGrain.Return", 1);
        var jobId = await silo.Submit();

        await TimeToComplete(silo, jobId);
        Assert.Equal(2, silo.Failures.Fired);
    }

    [Fact]
    public async Task Stop_JobCanNotBeTold_IsTriedInPeaceAndTheItemHandedBack()
    {
        await using var silo = await TestSilo.Start(withSlots: true, settings: Patient);
        var (began, release) = silo.Engine.HoldRenders();
        var jobId = await silo.Submit();
        await began.WaitAsync(TimeSpan.FromSeconds(30));
        silo.Failures.Fail("IJobGrain.FinishItem", int.MaxValue);
        var (slot, records) = (silo.LocalSlots.Find($"{Environment.MachineName}/cpu-0")!, silo.State);

        var stopping = silo.Stop();
        await TestSilo.Drained(slot);
        release.SetResult();
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));

        // There is one second between two tries.
        Assert.InRange(silo.Failures.Fired, 2, Patience.TotalSeconds + 3);
        var job = records.Read<JobState>("job", jobId);
        Assert.Empty(job.Rendered);
        Assert.All(job.Attempts.Values, attempt => Assert.False(attempt.IsOpen));
    }

    private static async Task<TimeSpan> TimeToComplete(TestSilo silo, string jobId)
    {
        var submitted = silo.Time.GetUtcNow();
        await silo.AdvanceUntil(() => silo.Projections.Row(jobId)?.Status is JobStatus.Completed);
        return silo.Time.GetUtcNow() - submitted;
    }
}
