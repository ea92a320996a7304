using CsCheck;
using LipSync.Dispatch;
using LipSync.Jobs;
using LipSync.Planning;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Jobs;

public sealed class JobDecisionsTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;

    /// <summary>Events in any order, most of them untimely.</summary>
    private static readonly Gen<int[]> Events = Gen.Int[0, 16].Array[0, 200];

    [Fact]
    public void Apply_AnyEvents_MoneyResolvesExactlyOnceAtTheEnd() => Events.Sample(events =>
    {
        var (state, effects) = Run(events);
        var reserved = effects.Count(effect => effect.Kind is JobEffectKind.Reserve);
        var settled = effects.Count(effect => effect.Kind is JobEffectKind.Settle);
        var released = effects.Count(effect => effect.Kind is JobEffectKind.Release);
        Assert.Equal(state.Credits > 0 ? 1 : 0, reserved);
        if (state.Phase is not JobPhase.Deleted)
        {
            Assert.Equal(state is { Output: not null } ? 1 : 0, settled);
            Assert.Equal(state is { Error: not null } ? 1 : 0, released);
        }

        Assert.Equal(state.Phase.IsEnd() && state.Phase is not JobPhase.Refused ? 1 : 0, settled + released);
        Assert.Equal(effects.Any(effect => effect.Kind is JobEffectKind.DeleteAll), state.Phase.IsEmpty());
        Assert.True(state.CreditsUsed is null || state.CreditsUsed <= state.Credits);
    });

    [Fact]
    public void Apply_AnyEvents_IgnoredOnesChangeNothingAndOthersGrowTheVersion() => Events.Sample(events =>
    {
        var state = new JobState();
        foreach (var number in events)
        {
            var next = JobDecisions.Apply(state, Trigger(state, number), Now);
            Assert.Equal(ReferenceEquals(next, state) ? state.Version : state.Version + 1, next.Version);
            Assert.True(next.Rendered.IsSupersetOf(state.Rendered));
            state = next;
        }
    });

    [Fact]
    public void Apply_Delete_KeepsWhoseItWasAndWhatItCostAndNothingElse()
    {
        var spec = Samples.Spec() with { Visual = new("https://example.com/v?secret", UploadKey: null), Metadata = """{"note":"private"}""" };
        var ended = new JobState { Phase = JobPhase.Failed, Spec = spec, Credits = 5, CreditsUsed = 0, Error = JobError.ProcessingFailed };

        var deleted = JobDecisions.Apply(ended, new JobTrigger.Delete(), Now);

        Assert.Equal((spec.AccountId, 5, 0L), (deleted.Request.AccountId, deleted.Credits, deleted.CreditsUsed));
        Assert.Equal((null, null, null, null), (deleted.Request.Visual.Url, deleted.Request.Speech, deleted.Request.Metadata, deleted.Error));
    }

    [Fact]
    public void ToTrigger_ThirdFailedAttempt_GivesTheJobUp()
    {
        var state = new JobState { Phase = JobPhase.Ingesting, Spec = Samples.Spec() };
        var outcome = new ItemOutcome(new("job", Stage.Ingest, 0), 1, Result: null, new("processing_failed", "Broken."), Retryable: true);
        for (var attempt = 1; attempt < JobDecisions.MaxAttempts; attempt++)
        {
            var trigger = Assert.IsType<JobTrigger.AttemptFailed>(JobDecisions.ToTrigger(state, outcome, slots: 1));
            state = JobDecisions.Apply(state, trigger, Now);
        }

        Assert.IsType<JobTrigger.Fail>(JobDecisions.ToTrigger(state, outcome, slots: 1));
    }

    [Fact]
    public void ToTrigger_ThirdAttemptThatWasNeverHeardOfAgain_GivesTheJobUp()
    {
        var (state, item) = (new JobState { Phase = JobPhase.Ingesting, Spec = Samples.Spec() }, new WorkItemId("job", Stage.Ingest, 0));
        for (var fence = 1; fence <= JobDecisions.MaxAttempts; fence++)
        {
            state = JobDecisions.Apply(state, Assert.IsType<JobTrigger.Begin>(JobDecisions.ToTrigger(state, item, fence)), Now);
            Assert.True(JobDecisions.IsLate(state, item, fence - 1));
            Assert.False(JobDecisions.IsLate(state, item, fence));
        }

        Assert.IsType<JobTrigger.Fail>(JobDecisions.ToTrigger(state, item, JobDecisions.MaxAttempts + 1));
    }

    [Fact]
    public void ToTrigger_ItemsThatWereGivenBack_AreNotCounted()
    {
        var (state, item) = (new JobState { Phase = JobPhase.Ingesting, Spec = Samples.Spec() }, new WorkItemId("job", Stage.Ingest, 0));
        for (var fence = 1; fence <= 10; fence++)
        {
            state = JobDecisions.Apply(state, Assert.IsType<JobTrigger.Begin>(JobDecisions.ToTrigger(state, item, fence)), Now);
            state = JobDecisions.Apply(state, new JobTrigger.ItemReturned(0), Now);
        }

        Assert.Empty(state.FailedAttempts);
        Assert.True(JobDecisions.IsLate(state, item, 9));
    }

    [Fact]
    public void ToTrigger_ResultOfAnotherStage_IsABug()
    {
        var state = new JobState { Phase = JobPhase.Ingesting, Spec = Samples.Spec() };
        var outcome = new ItemOutcome(new("job", Stage.Ingest, 0), 1, new RenderResult(), Error: null, Retryable: false);
        Assert.Throws<ArgumentException>(() => JobDecisions.ToTrigger(state, outcome, slots: 1));
    }

    [Fact]
    public void Apply_CancelBeforeTheCreditsAreHeld_ReleasesInsteadOfReserving()
    {
        var submitted = JobDecisions.Apply(new(), new JobTrigger.Submit(Samples.Spec(), 10), Now);
        var cancelled = JobDecisions.Apply(submitted, new JobTrigger.Cancel(Samples.Spec()), Now);
        Assert.Equal(JobPhase.Cancelled, cancelled.Phase);
        Assert.Contains(new(JobEffectKind.Release), cancelled.Outbox);
        Assert.DoesNotContain(cancelled.Outbox, effect => effect.Kind is JobEffectKind.Reserve);
        Assert.Same(cancelled, JobDecisions.Apply(cancelled, new JobTrigger.CreditsHeld(), Now));
    }

    [Fact]
    public void Apply_CancelBeforeTheSubmit_LeavesARecordThatStartsNothing()
    {
        var cancelled = JobDecisions.Apply(new(), new JobTrigger.Cancel(Samples.Spec()), Now);
        Assert.Equal((JobPhase.Cancelled, 0L), (cancelled.Phase, cancelled.CreditsUsed));
        Assert.Equal(Samples.Spec(), cancelled.Request);
        Assert.Same(cancelled, JobDecisions.Apply(cancelled, new JobTrigger.Submit(Samples.Spec(), 10), Now));
    }

    [Fact]
    public void Apply_FailedEffectOfTheSameKind_IsNotPiledUp()
    {
        var state = new JobState { Phase = JobPhase.Queued, Spec = Samples.Spec(), Outbox = [new(JobEffectKind.Project)] };
        var next = JobDecisions.Apply(state, new JobTrigger.Begin(0, 1), Now);
        Assert.Equal(JobEffectKind.Project, Assert.Single(next.Outbox).Kind);
    }

    private static (JobState State, List<JobEffect> Effects) Run(int[] events)
    {
        var (state, effects) = (new JobState(), new List<JobEffect>());
        foreach (var number in events)
        {
            state = JobDecisions.Apply(state, Trigger(state, number), Now);
            effects.AddRange(state.Outbox);
            state = state with { Outbox = [] };
        }

        return (state, effects);
    }

    private static JobTrigger Trigger(JobState state, int number) => number switch
    {
        0 => new JobTrigger.Submit(Samples.Spec(), 10),
        1 => new JobTrigger.CreditsHeld(),
        2 => new JobTrigger.CreditsRefused(),
        3 => new JobTrigger.Begin(0, state.Version),
        4 => new JobTrigger.Ingested(Samples.Media(275)),
        5 => new JobTrigger.Analyzed(Samples.Analysis(275), Slots: 4),
        6 or 7 or 8 when JobPlan.Unfinished("job", state).FirstOrDefault() is { Stage: Stage.Render } chunk => JobDecisions.ToTrigger(
            state, new(chunk, 1, new RenderResult(), Error: null, Retryable: false), slots: 4),
        9 => new JobTrigger.Assembled(new("output", 275)),
        10 when state.Version % 5 == 0 => new JobTrigger.Fail(new("processing_failed", "Broken.")),
        11 when state.Version % 5 == 0 => new JobTrigger.Cancel(Samples.Spec()),
        12 => new JobTrigger.ItemReturned(0),
        13 when state.Version % 3 == 0 => new JobTrigger.Delete(),
        15 => new JobTrigger.PlaceAwaited(),
        16 => new JobTrigger.TurnTaken(),
        14 when state.Version % 3 == 0 => new JobTrigger.Expire(),
        _ => new JobTrigger.AttemptFailed(0),
    };
}
