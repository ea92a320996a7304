using LipSync.Accounts;
using LipSync.Storage;
using Microsoft.Extensions.Logging;

namespace LipSync.Keys;

/// <summary>
/// The one truth of a key. Its last use is a record of its own: a write of it that fails must not take the key away from requests
/// that need nothing else of the database.
/// </summary>
[GrainType("api-key")]
public sealed partial class ApiKeyGrain(
    [PersistentState("api-key", GrainStorage.Name)] IPersistentState<ApiKeyState> storage,
    [PersistentState("api-key-use", GrainStorage.Name)] IPersistentState<ApiKeyUse> use,
    TimeProvider time,
    ILogger<ApiKeyGrain> logger) : Grain, IApiKeyGrain
{
    private static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    private DateTimeOffset? usedAt;
    private DateTimeOffset? noted;
    private IGrainTimer? noting;
    private bool unsure;

    private ApiKeyState State => storage.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        usedAt = noted = use.State.LastUsedAt;
        return Task.CompletedTask;
    }

    public Task Issue(string accountId, ApiKeyScope scope, string name) => Grant(accountId, new(scope, name, Prefix: ""));

    public Task Grant(string accountId, ApiKeyTerms terms) => storage.RecordExists
        ? Task.CompletedTask
        : this.Save(storage, new ApiKeyState
        {
            AccountId = accountId,
            Scope = terms.Scope,
            Name = terms.Name,
            Prefix = terms.Prefix,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = terms.ExpiresAt,
        });

    public Task<ApiKeyIdentity?> Identify()
    {
        if (!storage.RecordExists)
        {
            return Task.FromResult<ApiKeyIdentity?>(null);
        }

        if (!State.Revoked)
        {
            NoteUse();
        }

        return Task.FromResult<ApiKeyIdentity?>(new(State.AccountId, State.Scope, State.Name, State.ExpiresAt, State.Revoked));
    }

    public Task<ApiKeyView?> Describe() => Task.FromResult<ApiKeyView?>(storage.RecordExists
        ? new(ApiKeyId.Of(this.GetPrimaryKeyString()), State.Name, State.Prefix, State.CreatedAt, usedAt, State.ExpiresAt)
        : null);

    public Task Revoke() => !storage.RecordExists || State.Revoked ? Task.CompletedTask : this.Save(storage, State with { Revoked = true });

    /// <summary>Written by a timer, so that no request waits for it.</summary>
    private void NoteUse()
    {
        usedAt = time.GetUtcNow();
        if (usedAt - noted >= UsePrecision || noted is null)
        {
            noted = usedAt;
            noting = this.RegisterGrainTimer(WriteUse, dueTime: TimeSpan.Zero, period: Timeout.InfiniteTimeSpan);
        }
    }

    private async Task WriteUse(CancellationToken cancellationToken)
    {
        try
        {
            if (unsure)
            {
                await use.ReadStateAsync(cancellationToken);
            }

            unsure = true; // until it is written
            use.State = new ApiKeyUse { LastUsedAt = usedAt };
            await use.WriteStateAsync(cancellationToken);
            unsure = false;
        }
        catch (Exception exception)
        {
            LogUseNotWritten(exception, ApiKeyId.Of(this.GetPrimaryKeyString()));
        }
        finally
        {
            noting?.Dispose();
        }
    }
}

[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyState")]
public sealed record ApiKeyState
{
    [Id(0)] public string AccountId { get; init; } = "";

    [Id(1)] public ApiKeyScope Scope { get; init; }

    [Id(2)] public string Name { get; init; } = "";

    /// <summary>Empty in records from before keys were listed.</summary>
    [Id(3)] public string Prefix { get; init; } = "";

    /// <summary>The year 1 in records from before keys were listed.</summary>
    [Id(4)] public DateTimeOffset CreatedAt { get; init; }

    [Id(5)] public DateTimeOffset? ExpiresAt { get; init; }

    [Id(6)] public bool Revoked { get; init; }
}

[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyUse")]
public sealed record ApiKeyUse
{
    [Id(0)] public DateTimeOffset? LastUsedAt { get; init; }
}
