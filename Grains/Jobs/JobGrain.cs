using System.Runtime.ExceptionServices;
using LipSync.Accounts;
using LipSync.Dispatch;
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
    private const string ResumeReminder = "resume";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    // Lost with the activation, and then only the guard against zombies is: the same item done twice gives the same bytes.
    private readonly Dictionary<WorkItemId, long> fences = [];

    // Items in the hands of a slot, with how far they are; and the furthest that was ever shown, so that progress never goes back.
    private readonly Dictionary<WorkItemId, double> fractions = [];
    private double done;
    private TimeSpan retryDelay = FirstRetry;
    private IGrainTimer? retry;

    private string JobId => this.GetPrimaryKeyString();

    private JobState State => storage.State;

    public async Task<SubmitResult> Submit(JobSpec spec)
    {
        if (State.Phase is JobPhase.None)
        {
            // Before the first write: what is saved is always found again.
            await this.RegisterOrUpdateReminder(ResumeReminder, ReminderPeriod, ReminderPeriod);
            await On(new JobTrigger.Submit(spec, CreditPrices.OfSeconds(JobPlan.LongestOutputSeconds(spec))));
        }

        if (await Perform() is { } failure && State.Phase is JobPhase.Submitted)
        {
            // The caller gets no job, so none may run, nor hold credits, later.
            await On(new JobTrigger.CreditsUnanswered());
            ExceptionDispatchInfo.Throw(failure);
        }

        return new(State.Phase is not JobPhase.Refused, State.Credits, estimates.TotalSeconds(State.Request, State.Media));
    }

    public async Task<JobView?> Describe(string accountId)
    {
        if (State.Phase is JobPhase.None or JobPhase.Refused || State.Request.AccountId != accountId)
        {
            return null;
        }

        var position = fractions.Count > 0 ? 0 : await effects.Position(JobId, State);
        done = Math.Max(done, JobEstimates.DoneFraction(JobId, State, fractions));
        return JobViews.Of(JobId, State, done, estimates.Remaining(State, done), position, time.GetUtcNow());
    }

    public async Task<WorkOrder?> BeginItem(WorkItemId item, long fence)
    {
        if (!JobPlan.Wants(JobId, State, item) || IsLate(item, fence))
        {
            return null;
        }

        fences[item] = fence;
        fractions[item] = 0;
        if (await On(new JobTrigger.Start()))
        {
            await Perform();
        }

        return JobPlan.OrderFor(State, item);
    }

    public Task<bool> ReportProgress(WorkItemId item, long fence, double fraction)
    {
        if (!JobPlan.Wants(JobId, State, item) || IsLate(item, fence))
        {
            return Task.FromResult(false);
        }

        fences[item] = fence;
        fractions[item] = Math.Clamp(fraction, 0, 1);
        return Task.FromResult(true);
    }

    public async Task<bool> FinishItem(ItemOutcome outcome)
    {
        if (IsLate(outcome.Item, outcome.Fence))
        {
            LogLateReport(outcome.Item, outcome.Fence, fences[outcome.Item]);
            return false;
        }

        // A repetition, or a job that ended meanwhile: there is nothing left to do, and the slot may let go.
        if (JobPlan.Wants(JobId, State, outcome.Item))
        {
            if (outcome.Error is { } error)
            {
                LogAttemptFailed(outcome.Item, error.Message);
            }

            await On(JobDecisions.ToTrigger(State, outcome));
            fractions.Remove(outcome.Item);
            await Perform();
        }

        return true;
    }

    public async Task Resume()
    {
        if (State.Phase is JobPhase.None)
        {
            return;
        }

        if (State.Phase.ToStage() is not null && !State.Outbox.Contains(new(JobEffectKind.Enqueue)))
        {
            storage.State = State with { Outbox = State.Outbox.Add(new(JobEffectKind.Enqueue)) };
        }

        await Perform();
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await Resume();
        if (State.Phase is JobPhase.None || (State.Phase.IsEnd() && State.Outbox.IsEmpty))
        {
            await StopReminder();
        }
    }

    private bool IsLate(WorkItemId item, long fence) => fences.TryGetValue(item, out var newest) && fence < newest;

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
            fences.Clear();
            fractions.Clear();
        }

        return true;
    }

    /// <summary>Performs the outbox; what fails stays in it and is tried again. Answers the first failure.</summary>
    private async Task<Exception?> Perform()
    {
        Exception? failure = null;
        var performed = 0;
        for (var next = 0; next < State.Outbox.Length;)
        {
            var effect = State.Outbox[next];
            JobTrigger? outcome;
            try
            {
                outcome = await effects.Perform(JobId, State, effect);
            }
            catch (Exception exception)
            {
                LogEffectFailed(exception, JobId, effect.Kind, retryDelay);
                failure ??= exception;
                next++;
                continue;
            }

            performed++;
            storage.State = State with { Outbox = State.Outbox.RemoveAt(next) };
            if (outcome is not null)
            {
                await On(outcome);
            }
        }

        if (failure is not null)
        {
            retry ??= this.RegisterGrainTimer(Retry, retryDelay, Timeout.InfiniteTimeSpan);
            return failure;
        }

        retryDelay = FirstRetry;
        if (performed > 0 && State.Phase.IsEnd())
        {
            await this.Save(storage, State);
            await StopReminder();
        }

        return null;
    }

    private async Task Retry(CancellationToken cancellationToken)
    {
        retry?.Dispose();
        retry = null;
        retryDelay = retryDelay * 2 < LongestRetry ? retryDelay * 2 : LongestRetry;
        await Perform();
    }

    private async Task StopReminder()
    {
        if (await this.GetReminder(ResumeReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
