using LipSync.Jobs;

namespace LipSync.Tests.Jobs;

public sealed class JobStateMachineTests
{
    public static TheoryData<JobPhase, JobEvent> EveryPair()
    {
        var pairs = new TheoryData<JobPhase, JobEvent>();
        foreach (var phase in Enum.GetValues<JobPhase>())
        {
            foreach (var what in Enum.GetValues<JobEvent>())
            {
                pairs.Add(phase, what);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void Next_EveryPair_IsATransitionOrWrittenOutAsIgnored(JobPhase phase, JobEvent what)
    {
        var next = JobStateMachine.Next(phase, what);
        Assert.True(next is null || Enum.IsDefined(next.Value));
        Assert.True(next is not JobPhase.None, "Nothing is ever unsubmitted.");
        Assert.True(next is null || !phase.IsEnd() || next.Value.IsEmpty(), "After the end things are only deleted.");
    }

    [Fact]
    public void Next_FailOrUnfinishedAttempt_IsPossibleExactlyWhileAStageWorks()
    {
        foreach (var phase in Enum.GetValues<JobPhase>())
        {
            Assert.Equal(phase.ToStage() is not null, JobStateMachine.Next(phase, JobEvent.Fail) is JobPhase.Failed);
            Assert.Equal(phase.ToStage() is not null, JobStateMachine.Next(phase, JobEvent.AttemptFailed) == phase);
            Assert.Equal(phase.ToStage() is not null, JobStateMachine.Next(phase, JobEvent.ItemReturned) == phase);
        }
    }

    [Fact]
    public void Next_Cancel_IsPossibleUntilTheEnd()
    {
        foreach (var phase in Enum.GetValues<JobPhase>())
        {
            Assert.Equal(!phase.IsEnd(), JobStateMachine.Next(phase, JobEvent.Cancel) is JobPhase.Cancelled);
        }
    }

    [Fact]
    public void Next_Delete_IsPossibleOnceForEveryEndThatTheCustomerSees()
    {
        foreach (var phase in Enum.GetValues<JobPhase>())
        {
            var isSeenEnd = phase.IsEnd() && phase is not (JobPhase.Refused or JobPhase.Deleted);
            Assert.Equal(isSeenEnd, JobStateMachine.Next(phase, JobEvent.Delete) is JobPhase.Deleted);
            Assert.Equal(phase is JobPhase.Completed, JobStateMachine.Next(phase, JobEvent.Expire) is JobPhase.Expired);
        }
    }

    [Fact]
    public void Next_OnTheStraightWay_LeadsFromSubmitToCompleted()
    {
        JobEvent[] way =
        [
            JobEvent.Submit, JobEvent.CreditsHeld, JobEvent.Begin, JobEvent.Ingested, JobEvent.Analyzed,
            JobEvent.ChunkRendered, JobEvent.AllRendered, JobEvent.Assembled,
        ];
        var end = way.Aggregate(JobPhase.None, (phase, what) => JobStateMachine.Next(phase, what)!.Value);
        Assert.Equal(JobPhase.Completed, end);
    }

    [Fact]
    public void Next_FromEveryPhase_AnEndCanBeReached()
    {
        foreach (var phase in Enum.GetValues<JobPhase>())
        {
            Assert.Contains(Reachable(phase), reached => reached.IsEnd());
        }
    }

    private static HashSet<JobPhase> Reachable(JobPhase start)
    {
        HashSet<JobPhase> reached = [start];
        var open = new Queue<JobPhase>(reached);
        while (open.TryDequeue(out var phase))
        {
            foreach (var what in Enum.GetValues<JobEvent>())
            {
                if (JobStateMachine.Next(phase, what) is { } next && reached.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return reached;
    }
}
