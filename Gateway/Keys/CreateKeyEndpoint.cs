using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Keys;

/// <summary>Makes another key of the account.</summary>
public static class CreateKeyEndpoint
{
    private const string Example =
        """
        { "name": "web shop" }
        """;

    public static void MapCreateKey(this IEndpointRouteBuilder keys) => keys
        .MapPost("", Create)
        .Accepts<CreateKeyRequest>("application/json")
        .CountAs(RequestClass.Read)
        .Idempotent()
        .WithName("CreateKey")
        .WithSummary("Create an API key")
        .WithDescription("Answers a new key of the account, this once: only its hash is kept. It works at once at every gateway.")
        .WithJsonExample("key", "A key for one use", Example)
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.TooManyKeys, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    private static async Task<Results<Created<Envelope<NewKeyAnswer>>, ApiError>> Create(
        HttpRequest request, Caller caller, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<CreateKeyRequest>(request, cancellationToken);
        if ((body.Error ?? body.Value.Check(time.GetUtcNow())) is { } refused)
        {
            return refused;
        }

        var secret = ApiKey.Generate();
        var terms = new ApiKeyTerms(ApiKeyScope.Customer, body.Value.Name!, secret.Shown, body.Value.ExpiresAt);
        var issue = await grains.GetGrain<IKeyChainGrain>(caller.AccountId).Issue(secret.Hash, terms);
        return issue.Key is { } key
            ? TypedResults.Created(
                (string?)null,
                new Envelope<NewKeyAnswer>(new NewKeyAnswer(key.Id, key.Name, key.Prefix, secret.Reveal(), key.CreatedAt, key.ExpiresAt)))
            : new ApiError(RequestErrors.TooManyKeys, $"The account has {issue.MostKeys} keys, as many as it may. Revoke one that is no longer used.");
    }
}
