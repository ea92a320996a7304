using LipSync.Idempotency;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Idempotency;

/// <summary>A key's record that no time passes for: leases and records last until they are given up.</summary>
internal sealed class IdempotencyStandIn(World world) : Grain, IIdempotencyGrain
{
    private string? operation;
    private string? fingerprint;
    private string? ticket;
    private byte[]? answer;

    public Task<BeginResult> Begin(string fingerprint)
    {
        if (this.fingerprint is not null && this.fingerprint != fingerprint)
        {
            return Task.FromResult<BeginResult>(new OperationConflict());
        }

        if (answer is not null)
        {
            return Task.FromResult<BeginResult>(new OperationDone(answer));
        }

        if (ticket is not null)
        {
            return Task.FromResult<BeginResult>(new OperationInFlight(TimeSpan.FromSeconds(1)));
        }

        var isFirst = operation is null;
        this.fingerprint = fingerprint;
        operation ??= Guid.CreateVersion7().ToString("N");
        ticket = Guid.NewGuid().ToString("N");
        return Task.FromResult<BeginResult>(new OperationStarted(operation, ticket, TimeSpan.FromHours(1), isFirst));
    }

    public Task<bool> Renew(string ticket) => Task.FromResult(this.ticket == ticket);

    public Task<bool> Complete(string ticket, byte[] answer)
    {
        world.KeptAnswers[this.GetPrimaryKeyString()] = this.answer = answer;
        return Task.FromResult(this.ticket == ticket);
    }

    public Task Release(string ticket)
    {
        this.ticket = null;
        return Task.CompletedTask;
    }

    public Task Forget(string ticket)
    {
        (operation, fingerprint, this.ticket) = (null, null, null);
        return Task.CompletedTask;
    }
}
