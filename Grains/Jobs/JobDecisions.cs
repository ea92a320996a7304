using System.Collections.Immutable;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Planning;
using LipSync.Preflights;

namespace LipSync.Jobs;

/// <summary>An event together with what it brings.</summary>
public abstract record JobTrigger(JobEvent Event)
{
    public sealed record Submit(JobSpec Spec, long Credits) : JobTrigger(JobEvent.Submit);

    public sealed record CreditsHeld() : JobTrigger(JobEvent.CreditsHeld);

    public sealed record CreditsRefused() : JobTrigger(JobEvent.CreditsRefused);

    public sealed record PlaceAwaited() : JobTrigger(JobEvent.PlaceAwaited);

    public sealed record TurnTaken() : JobTrigger(JobEvent.TurnTaken);

    public sealed record Begin(int Index, long Fence) : JobTrigger(JobEvent.Begin);

    public sealed record Ingested(IngestResult Media) : JobTrigger(JobEvent.Ingested);

    public sealed record Inspected(InspectResult Inspection) : JobTrigger(JobEvent.Inspected);

    public sealed record Analyzed(AnalyzeResult Analysis, int Slots) : JobTrigger(JobEvent.Analyzed);

    public sealed record Rendered(int Chunk, bool IsLast) : JobTrigger(IsLast ? JobEvent.AllRendered : JobEvent.ChunkRendered);

    public sealed record Assembled(AssembleResult Output) : JobTrigger(JobEvent.Assembled);

    public sealed record AttemptFailed(int Index) : JobTrigger(JobEvent.AttemptFailed);

    public sealed record ItemReturned(int Index) : JobTrigger(JobEvent.ItemReturned);

    /// <param name="Spec">The request, which a job that was never submitted does not know.</param>
    public sealed record Cancel(JobSpec Spec) : JobTrigger(JobEvent.Cancel);

    public sealed record Fail(JobError Error) : JobTrigger(JobEvent.Fail);

    public sealed record Delete() : JobTrigger(JobEvent.Delete);

    public sealed record Expire() : JobTrigger(JobEvent.Expire);
}

/// <summary>What each event makes of a job. Pure: state and time in, state with outbox out.</summary>
public static class JobDecisions
{
    /// <summary>Attempts at one item before the job is given up.</summary>
    public const int MaxAttempts = 3;

    /// <summary>How long an output is kept where the job's plan, from before outputs expired, does not say it.</summary>
    public static readonly TimeSpan UsualLife = TimeSpan.FromDays(7);

    /// <summary>The state after the trigger; the same instance where the table ignores it.</summary>
    public static JobState Apply(JobState state, JobTrigger trigger, DateTimeOffset now)
    {
        if (JobStateMachine.Next(state.Phase, trigger.Event) is not { } phase)
        {
            return state;
        }

        var (changed, effects) = Change(state, trigger, now);
        return changed with
        {
            Phase = phase,
            Version = state.Version + 1,
            UpdatedAt = now,
            FailedAttempts = phase.ToStage() == state.Phase.ToStage() ? changed.FailedAttempts : changed.FailedAttempts.Clear(),
            Attempts = phase.ToStage() == state.Phase.ToStage() ? changed.Attempts : changed.Attempts.Clear(),
            Outbox = [.. state.Outbox.Where(effect => effect.Kind is not (JobEffectKind.Reserve or JobEffectKind.RequestTurn)).Except(effects), .. effects],
        };
    }

    /// <summary>What a job that is woken does again: a queue may have lost its items, the account its place in line.</summary>
    public static JobState Wake(JobState state)
    {
        JobEffect? again = state.Phase switch
        {
            JobPhase.Waiting => new(JobEffectKind.RequestTurn),
            _ when state.Phase.ToStage() is not null => new(JobEffectKind.Enqueue),
            _ => null,
        };
        return again is { } effect && !state.Outbox.Contains(effect) ? state with { Outbox = state.Outbox.Add(effect) } : state;
    }

    /// <summary>The event that the start of an item is: one attempt too many ends the job.</summary>
    public static JobTrigger ToTrigger(JobState state, WorkItemId item, long fence) =>
        IsLost(state, item.Index, fence) && IsLastAttempt(state, item)
            ? new JobTrigger.Fail(JobError.ProcessingFailed)
            : new JobTrigger.Begin(item.Index, fence);

    /// <summary>Whether an attempt at a wanted item may begin under this fence: each fence begins once.</summary>
    public static bool MayBegin(JobState state, WorkItemId item, long fence) =>
        !state.Attempts.TryGetValue(item.Index, out var latest) || fence > latest.Fence;

    /// <summary>Whether this fence lost its item to a later one.</summary>
    public static bool IsLate(JobState state, WorkItemId item, long fence) =>
        item.Stage == state.Phase.ToStage() && state.Attempts.TryGetValue(item.Index, out var latest) && fence < latest.Fence;

    /// <summary>Whether a failure under this fence was reported before: its answer was lost, and it must not be counted again.</summary>
    public static bool IsRepeated(JobState state, ItemOutcome outcome) =>
        outcome.Error is not null && state.Attempts.TryGetValue(outcome.Item.Index, out var latest) && latest != new ItemAttempt(outcome.Fence, IsOpen: true);

    /// <summary>The event that an item's outcome is.</summary>
    /// <param name="slots">Slots that could render now: the plan of chunks follows from them.</param>
    public static JobTrigger ToTrigger(JobState state, ItemOutcome outcome, int slots) => outcome switch
    {
        { Error: { } error, Retryable: true } when !IsLastAttempt(state, outcome.Item) =>
            new JobTrigger.AttemptFailed(outcome.Item.Index),
        { Error: { } error } => new JobTrigger.Fail(error),
        { Item.Stage: Stage.Ingest, Result: IngestResult media } => ToTrigger(state.Request, media),
        { Item.Stage: Stage.Ingest, Result: InspectResult inspection } => new JobTrigger.Inspected(inspection),
        { Item.Stage: Stage.Analyze, Result: AnalyzeResult analysis } => new JobTrigger.Analyzed(analysis, slots),
        { Item.Stage: Stage.Render, Result: RenderResult } => new JobTrigger.Rendered(
            outcome.Item.Index, state.Rendered.Add(outcome.Item.Index).Count == JobPlan.ChunkCount(state)),
        { Item.Stage: Stage.Assemble, Result: AssembleResult output } => new JobTrigger.Assembled(output),
        _ => throw new ArgumentException($"This is no outcome of {outcome.Item}.", nameof(outcome)),
    };

    /// <summary>Whether the job fails if this attempt at an item of the present stage does.</summary>
    public static bool IsLastAttempt(JobState state, WorkItemId item) => state.FailedAttempts.GetValueOrDefault(item.Index) + 1 >= MaxAttempts;

    private static JobTrigger ToTrigger(JobSpec spec, IngestResult media) =>
        JobPlan.TooLong(media, spec.Limits) is { } tooLong ? new JobTrigger.Fail(tooLong) : new JobTrigger.Ingested(media);

    private static (JobState State, JobEffect[] Effects) Change(JobState state, JobTrigger trigger, DateTimeOffset now) => trigger switch
    {
        JobTrigger.Submit submit => (
            state with { Spec = submit.Spec, Credits = submit.Credits, CreatedAt = now },
            [new(JobEffectKind.Reserve, submit.Credits)]),
        JobTrigger.CreditsHeld or JobTrigger.TurnTaken => (state, [new(JobEffectKind.Enqueue), new(JobEffectKind.Project)]),
        JobTrigger.PlaceAwaited => (state, [new(JobEffectKind.Project)]),
        JobTrigger.CreditsRefused => (state, []),
        JobTrigger.Begin begin => Begun(state, begin, now),
        JobTrigger.Ingested ingested => Ingested(state, ingested.Media, now),
        JobTrigger.Inspected inspected => (
            state with { Inspection = inspected.Inspection, StartedAt = state.StartedAt ?? now, CreditsUsed = 0 },
            Ending(new(JobEffectKind.Release))),
        JobTrigger.Analyzed analyzed => (
            state with { Analysis = analyzed.Analysis, ChunkFrames = JobPlan.ChunkFramesFor(state.Media!.OutputFrames, analyzed.Slots) },
            [new(JobEffectKind.Enqueue)]),
        JobTrigger.Rendered rendered => (
            state with { Rendered = state.Rendered.Add(rendered.Chunk), Attempts = state.Attempts.Remove(rendered.Chunk) },
            rendered.IsLast ? [new(JobEffectKind.Enqueue)] : []),
        JobTrigger.Assembled assembled => Assembled(state, assembled.Output, now),
        JobTrigger.AttemptFailed failed => (
            Close(state, failed.Index) with { FailedAttempts = CountFailure(state, failed.Index) },
            [new(JobEffectKind.Enqueue)]),
        JobTrigger.ItemReturned returned => (Close(state, returned.Index), [new(JobEffectKind.Enqueue)]),
        JobTrigger.Cancel cancel => (
            (state.Spec is null ? state with { Spec = cancel.Spec, CreatedAt = now } : state) with { Error = JobError.Cancelled, CreditsUsed = 0 },
            Ending(new(JobEffectKind.Release))),
        JobTrigger.Fail fail => (
            state with { Error = fail.Error, CreditsUsed = 0 },
            Ending(new(JobEffectKind.Release))),
        JobTrigger.Delete => (WithoutContent(state), [new(JobEffectKind.DeleteAll), new(JobEffectKind.Project)]),
        JobTrigger.Expire => (state, [new(JobEffectKind.DeleteAll), new(JobEffectKind.Project)]),
        _ => throw new ArgumentOutOfRangeException(nameof(trigger), trigger, "No such trigger."),
    };

    /// <summary>What is left of a deleted job: whose it was and what it cost, without what its customer sent and got.</summary>
    private static JobState WithoutContent(JobState state) => state with
    {
        Spec = state.Request with { Visual = new(Url: null, UploadKey: null), Speech = null, Metadata = null },
        Media = null,
        Analysis = null,
        Inspection = null,
        Output = null,
        Error = null,
    };

    /// <summary>The queue first: the job's slots are free however long the account takes to answer.</summary>
    private static JobEffect[] Ending(JobEffect money) => [new(JobEffectKind.Forget), money, new(JobEffectKind.Project), new(JobEffectKind.DeleteWork)];

    private static (JobState State, JobEffect[] Effects) Begun(JobState state, JobTrigger.Begin begin, DateTimeOffset now) => (
        state with
        {
            StartedAt = state.StartedAt ?? now,
            FailedAttempts = IsLost(state, begin.Index, begin.Fence) ? CountFailure(state, begin.Index) : state.FailedAttempts,
            Attempts = state.Attempts.SetItem(begin.Index, new(begin.Fence, IsOpen: true)),
        },
        state.StartedAt is null ? [new(JobEffectKind.Project)] : []);

    /// <summary>Whether an attempt before this fence's was begun and never heard of again.</summary>
    private static bool IsLost(JobState state, int index, long fence) =>
        state.Attempts.TryGetValue(index, out var latest) && latest.IsOpen && latest.Fence < fence;

    private static JobState Close(JobState state, int index) => state.Attempts.TryGetValue(index, out var latest)
        ? state with { Attempts = state.Attempts.SetItem(index, latest with { IsOpen = false }) }
        : state;

    private static ImmutableDictionary<int, int> CountFailure(JobState state, int index) =>
        state.FailedAttempts.SetItem(index, state.FailedAttempts.GetValueOrDefault(index) + 1);

    private static (JobState State, JobEffect[] Effects) Ingested(JobState state, IngestResult media, DateTimeOffset now)
    {
        var price = Math.Min(state.Credits, CreditPrices.OfFrames(media.OutputFrames, media.Fps));
        return (
            state with { Media = media, Credits = price, StartedAt = state.StartedAt ?? now },
            [new(JobEffectKind.Reduce, price), new(JobEffectKind.Enqueue), new(JobEffectKind.Project)]);
    }

    private static (JobState State, JobEffect[] Effects) Assembled(JobState state, AssembleResult output, DateTimeOffset now)
    {
        var price = Math.Min(state.Credits, CreditPrices.OfFrames(output.Frames, state.Media!.Fps));
        var life = state.Request.Limits.ArtifactLife is var kept && kept > TimeSpan.Zero ? kept : UsualLife;
        return (
            state with { Output = output, CreditsUsed = price, ExpiresAt = now + life },
            Ending(new(JobEffectKind.Settle, price)));
    }
}
