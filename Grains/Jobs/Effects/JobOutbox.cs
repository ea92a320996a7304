using LipSync.Storage;
using Microsoft.Extensions.Logging;

namespace LipSync.Jobs.Effects;

/// <summary>
/// Performs what a job's state says must still be done outside, from within its grain. What fails stays in the outbox: a timer tries
/// it again, and after a crash the reminder does.
/// </summary>
/// <param name="on">Decides and saves an event: what an effect's outcome is one of.</param>
internal sealed partial class JobOutbox(
    JobGrain grain, IPersistentState<JobState> storage, JobEffects effects, Func<JobTrigger, Task<bool>> on, ILogger logger)
{
    private const string Reminder = "resume";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private TimeSpan retryDelay = FirstRetry;
    private IGrainTimer? retry;

    private string JobId => grain.GetPrimaryKeyString();

    /// <summary>From now on the job is resumed every minute, until <see cref="Forget"/>.</summary>
    public Task Remember() => grain.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod);

    public async Task Forget()
    {
        if (await grain.GetReminder(Reminder) is { } reminder)
        {
            await grain.UnregisterReminder(reminder);
        }
    }

    /// <summary>Performs the outbox. Answers the first failure.</summary>
    public async Task<Exception?> Perform()
    {
        Exception? failure = null;
        var performed = 0;
        for (var next = 0; next < storage.State.Outbox.Length;)
        {
            var effect = storage.State.Outbox[next];
            JobTrigger? outcome;
            try
            {
                outcome = await effects.Perform(JobId, storage.State, effect);
            }
            catch (Exception exception)
            {
                LogEffectFailed(exception, JobId, effect.Kind, retryDelay);
                failure ??= exception;
                next++;
                continue;
            }

            performed++;
            storage.State = storage.State with { Outbox = storage.State.Outbox.RemoveAt(next) };
            if (outcome is not null)
            {
                await on(outcome);
            }
        }

        if (failure is not null)
        {
            retry ??= grain.RegisterGrainTimer(Retry, retryDelay, Timeout.InfiniteTimeSpan);
            return failure;
        }

        retryDelay = FirstRetry;
        if (performed > 0 && storage.State.Phase.IsEnd())
        {
            await grain.Save(storage, storage.State);
            await Forget();
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
}
