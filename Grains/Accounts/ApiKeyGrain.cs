using LipSync.Storage;

namespace LipSync.Accounts;

[GrainType("api-key")]
public sealed class ApiKeyGrain([PersistentState("api-key", GrainStorage.Name)] IPersistentState<ApiKeyState> storage)
    : Grain, IApiKeyGrain
{
    public Task Issue(string accountId, ApiKeyScope scope, string name) => storage.RecordExists
        ? Task.CompletedTask
        : this.Save(storage, new ApiKeyState { AccountId = accountId, Scope = scope, Name = name });

    public Task<ApiKeyIdentity?> Identify() => Task.FromResult(storage.RecordExists
        ? new ApiKeyIdentity(storage.State.AccountId, storage.State.Scope, storage.State.Name)
        : null);
}

[GenerateSerializer, Immutable, Alias("LipSync.ApiKeyState")]
public sealed record ApiKeyState
{
    [Id(0)] public string AccountId { get; init; } = "";

    [Id(1)] public ApiKeyScope Scope { get; init; }

    [Id(2)] public string Name { get; init; } = "";
}
