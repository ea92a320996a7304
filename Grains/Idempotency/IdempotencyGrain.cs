using LipSync.Storage;

namespace LipSync.Idempotency;

[GrainType("idempotency")]
public sealed class IdempotencyGrain([PersistentState("idempotency", GrainStorage.Name)] IPersistentState<IdempotencyState> storage, TimeProvider time)
    : Grain, IIdempotencyGrain, IRemindable
{
    private const string ForgetReminder = "forget";

    /// <summary>How often it is looked whether the time has come, after the first time.</summary>
    private static readonly TimeSpan ForgetPeriod = TimeSpan.FromHours(1);

    private IdempotencyState State => storage.State;

    public async Task<BeginResult> Begin(string fingerprint)
    {
        var (result, next) = IdempotencyState.Begin(State, fingerprint, time.GetUtcNow());
        if (!ReferenceEquals(next, State))
        {
            if (next.OperationId != State.OperationId)
            {
                // Before the record: one that nobody would ever forget must not be.
                await this.RegisterOrUpdateReminder(ForgetReminder, IdempotencyState.Keep, ForgetPeriod);
            }

            await this.Save(storage, next);
        }

        return result;
    }

    public async Task<bool> Renew(string ticket)
    {
        if (!State.IsHeldBy(ticket))
        {
            return false;
        }

        await this.Save(storage, State with { LeasedUntil = time.GetUtcNow() + IdempotencyState.Lease });
        return true;
    }

    public async Task<bool> Complete(string ticket, byte[] answer)
    {
        if (State.IsHeldBy(ticket))
        {
            await this.Save(storage, State with { Answer = answer, ForgottenAt = time.GetUtcNow() + IdempotencyState.Keep });
        }

        // A gateway whose answer to this call was lost completes again.
        return State.Ticket == ticket;
    }

    public Task Release(string ticket) => State.IsHeldBy(ticket)
        ? this.Save(storage, State with { LeasedUntil = time.GetUtcNow() })
        : Task.CompletedTask;

    public Task Forget(string ticket) => State.IsHeldBy(ticket) ? Forget() : Task.CompletedTask;

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!State.IsForgotten(time.GetUtcNow()))
        {
            return;
        }

        await Forget();
        DeactivateOnIdle();
    }

    private async Task Forget()
    {
        if (storage.RecordExists)
        {
            await this.Clear(storage);
        }

        if (await this.GetReminder(ForgetReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }
    }
}
