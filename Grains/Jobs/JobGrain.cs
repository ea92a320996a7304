using System.Runtime.ExceptionServices;
using LipSync.Accounts;
using LipSync.Dispatch;
using LipSync.Jobs.Effects;
using LipSync.Planning;
using LipSync.Storage;
using Microsoft.Extensions.Logging;

namespace LipSync.Jobs;

/// <summary>
/// Load, decide, save, perform. <see cref="JobDecisions"/> decides, one write saves state and outbox, the outbox's effects follow.
/// A performed effect leaves the stored outbox with the next write: after a crash it is performed again, which changes nothing.
/// </summary>
[GrainType("job")]
public sealed partial class JobGrain(
    [PersistentState("job", GrainStorage.Name)] IPersistentState<JobState> storage,
    JobEffects effects,
    JobEstimates estimates,
    TimeProvider time,
    ILogger<JobGrain> logger) : Grain, IJobGrain, IRemindable
{
    // Items in the hands of a slot, with how far they are; and the furthest that was ever shown, so that progress never goes back.
    private readonly Dictionary<WorkItemId, double> fractions = [];
    private double done;
    private JobOutbox? outbox;

    private string JobId => this.GetPrimaryKeyString();

    private JobState State => storage.State;

    private JobOutbox Outbox => outbox ??= new(this, storage, effects, On, logger);

    public async Task<SubmitResult> Submit(JobSpec spec)
    {
        if (State.Phase is not JobPhase.None && !State.Request.Asks(spec))
        {
            return Refused(SubmitRefusal.Conflict);
        }

        if (State.Phase is JobPhase.None)
        {
            // Before the first write: what is saved is always found again.
            await Outbox.Remember();
            await On(new JobTrigger.Submit(spec, CreditPrices.OfSeconds(JobPlan.LongestOutputSeconds(spec))));
        }

        var failure = await Outbox.Perform();
        if (State.Phase is JobPhase.Submitted)
        {
            // What is written goes on: the credits are asked for again until the account answers.
            ExceptionDispatchInfo.Throw(failure ?? new TimeoutException($"Job {JobId} does not know yet whether its credits are held."));
        }

        return State.Phase is JobPhase.Refused
            ? Refused(SubmitRefusal.InsufficientCredits)
            : new(Accepted: true, State.Credits, estimates.TotalSeconds(State.Request, State.Media));
    }

    public async Task<JobView?> Describe(string accountId)
    {
        if (!BelongsTo(accountId))
        {
            return null;
        }

        var position = fractions.Count > 0 ? 0 : await effects.Position(JobId, State);
        done = Math.Max(done, JobEstimates.DoneFraction(JobId, State, fractions));
        return JobViews.Of(JobId, State, done, estimates.Remaining(State, done), position, time.GetUtcNow());
    }

    public async Task<WorkOrder?> BeginItem(WorkItemId item, long fence)
    {
        if (!JobPlan.Wants(JobId, State, item) || !JobDecisions.MayBegin(State, item, fence))
        {
            return null;
        }

        var trigger = JobDecisions.ToTrigger(State, item, fence);
        if (trigger is JobTrigger.Fail)
        {
            LogAttemptsLost(item, JobDecisions.MaxAttempts);
        }

        await On(trigger);
        fractions[item] = 0;
        await Outbox.Perform();
        return JobPlan.Wants(JobId, State, item) ? JobPlan.OrderFor(State, item) : null;
    }

    public Task<bool> ReportProgress(WorkItemId item, long fence, double fraction)
    {
        if (!JobPlan.Wants(JobId, State, item) || JobDecisions.IsLate(State, item, fence))
        {
            return Task.FromResult(false);
        }

        fractions[item] = Math.Clamp(fraction, 0, 1);
        return Task.FromResult(true);
    }

    public async Task<bool> FinishItem(ItemOutcome outcome)
    {
        if (JobDecisions.IsLate(State, outcome.Item, outcome.Fence))
        {
            LogLateReport(outcome.Item, outcome.Fence, State.Attempts[outcome.Item.Index].Fence);
            return false;
        }

        if (!JobPlan.Wants(JobId, State, outcome.Item) || JobDecisions.IsRepeated(State, outcome))
        {
            // A repetition, or a job that ended meanwhile: the slot may let go, and keeps only what the job has taken.
            await DeleteLateWork();
            return outcome.Result is not AssembleResult made || made.OutputKey == State.Output?.OutputKey;
        }

        if (outcome.Error is { } error)
        {
            LogAttemptFailed(outcome.Item, error.Message);
        }

        var slots = outcome.Result is AnalyzeResult ? await effects.RenderSlots() : 0;
        await On(JobDecisions.ToTrigger(State, outcome, slots));
        fractions.Remove(outcome.Item);
        await Outbox.Perform();
        return true;
    }

    public async Task ReturnItem(WorkItemId item, long fence)
    {
        if (JobPlan.Wants(JobId, State, item) && State.Attempts.TryGetValue(item.Index, out var latest) && latest == new ItemAttempt(fence, IsOpen: true))
        {
            await On(new JobTrigger.ItemReturned(item.Index));
            fractions.Remove(item);
            await Outbox.Perform();
        }

        await DeleteLateWork();
    }

    public async Task<CancelResult> Cancel(string accountId)
    {
        if (!BelongsTo(accountId))
        {
            return CancelResult.NotFound;
        }

        // Decided by the write: a report of completion comes before it or is ignored after it.
        if (!await On(new JobTrigger.Cancel(State.Request)))
        {
            return State.Phase is JobPhase.Cancelled ? CancelResult.Cancelled : CancelResult.Ended;
        }

        await Outbox.Perform();
        return CancelResult.Cancelled;
    }

    public async Task Withdraw(JobSpec spec)
    {
        // Calls keep no order once a silo stood still or was lost. Also a job that was never written leaves a record, therefore: a
        // submission that arrives after this finds the job ended, and one at work in another activation fails at its first write.
        if (State.Phase is JobPhase.None)
        {
            await Outbox.Remember();
        }

        await On(new JobTrigger.Cancel(spec));
        await Outbox.Perform();
    }

    public async Task<bool> Delete(string accountId)
    {
        if (!BelongsTo(accountId))
        {
            return false;
        }

        // Nobody resumes a job that ended long ago, but for its reminder.
        await Outbox.Remember();
        await On(new JobTrigger.Cancel(State.Request));
        await On(new JobTrigger.Delete());
        await Outbox.Perform();
        return true;
    }

    public async Task Expire()
    {
        if (State.Phase is JobPhase.Completed && State.ExpiresAt <= time.GetUtcNow())
        {
            await Outbox.Remember();
            await On(new JobTrigger.Expire());
        }

        await Outbox.Perform();
    }

    public async Task Resume()
    {
        if (State.Phase is JobPhase.None)
        {
            return;
        }

        storage.State = JobDecisions.Wake(State);
        await Outbox.Perform();
    }

    public Task TakeTurn() => Resume();

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Resume();
        if (State.Phase is JobPhase.None || (State.Phase.IsEnd() && State.Outbox.IsEmpty))
        {
            await Outbox.Forget();
        }
    }

    private bool BelongsTo(string accountId) =>
        State.Phase is not (JobPhase.None or JobPhase.Refused or JobPhase.Deleted) && State.Request.AccountId == accountId;

    private SubmitResult Refused(SubmitRefusal refusal) => new(Accepted: false, State.Credits, EstimatedSeconds: 0, refusal);

    /// <summary>A slot that heard late of the job's end may have stored a part after all parts were deleted.</summary>
    private async Task DeleteLateWork()
    {
        if (State.Phase.IsEnd())
        {
            JobEffect delete = new(State.Phase.IsEmpty() ? JobEffectKind.DeleteAll : JobEffectKind.DeleteWork);
            storage.State = State with { Outbox = [.. State.Outbox.Except([delete]), delete] };
            await Outbox.Perform();
        }
    }

    /// <summary>One event, one write. False: the event is ignored.</summary>
    private async Task<bool> On(JobTrigger trigger)
    {
        var before = State;
        var next = JobDecisions.Apply(before, trigger, time.GetUtcNow());
        if (ReferenceEquals(next, before))
        {
            return false;
        }

        await this.Save(storage, next);
        if (next.Phase != before.Phase)
        {
            LogPhase(JobId, next.Phase);
        }

        if (next.Phase.ToStage() != before.Phase.ToStage())
        {
            fractions.Clear();
        }

        return true;
    }
}
