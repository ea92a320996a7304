using System.Buffers;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Idempotency;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Security;
using LipSync.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>Opens accounts.</summary>
public static class CreateAccountEndpoint
{
    private const int LongestId = 64;
    private const string Administrators = "admin";

    /// <summary>Credits that one request may add.</summary>
    public const long MostCredits = 1_000_000_000;

    private const string Example =
        """
        { "accountId": "acme", "plan": "pro", "credits": 1000 }
        """;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");

    public static void MapCreateAccount(this IEndpointRouteBuilder accounts) => accounts
        .MapPost("", Create)
        .Idempotent()
        .Accepts<CreateAccountRequest>("application/json")
        .WithName("CreateAccount")
        .WithSummary("Open an account")
        .WithDescription("Opens an account with its first credits and answers its first API key. An account that exists is left as it is.")
        .WithJsonExample("account", "An account with credits", Example)
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.AlreadyExists, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    private static async Task<Results<Created<Envelope<CreateAccountAnswer>>, ApiError>> Create(
        HttpRequest request, Operation operation, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<CreateAccountRequest>(request, cancellationToken);
        if (body.Error is { } unreadable)
        {
            return unreadable;
        }

        if (Check(body.Value) is { } refused)
        {
            return refused;
        }

        var id = body.Value.AccountId!;
        var account = grains.GetGrain<IAccountGrain>(id);
        if (!operation.Repeatable && await account.Describe() is not null)
        {
            return AlreadyExists(id);
        }

        // The key first: cut off in between, there is a key that nobody knows instead of an account that nobody can use.
        var key = ApiKey.Generate();
        var keys = grains.GetGrain<IKeyChainGrain>(id);
        if (await keys.Issue(key.Hash, new(ApiKeyScope.Customer, "first key", key.Shown)) is not { Key: { } issued })
        {
            return AlreadyExists(id);
        }

        var isOurs = false;
        try
        {
            isOurs = await account.OpenBy(operation.Id, body.Value.Plan!.Value, body.Value.Credits ?? 0);
        }
        finally
        {
            if (!isOurs)
            {
                // Another request opened the account, or it is not known: the same request sent again gets another key.
                await keys.Revoke(issued.Id);
            }
        }

        return isOurs
            ? TypedResults.Created((string?)null, new Envelope<CreateAccountAnswer>(new CreateAccountAnswer(id, key.Reveal())))
            : AlreadyExists(id);
    }

    private static ApiError? Check(CreateAccountRequest request)
    {
        var errors = new FieldErrors();
        errors.Unknown(request.Unknown);

        if (request.AccountId is not { Length: > 0 and <= LongestId } id || id.AsSpan().ContainsAnyExcept(IdCharacters))
        {
            errors.Invalid("accountId", $"must be 1 to {LongestId} letters, digits, _ and -.");
        }
        else if (id == Administrators)
        {
            errors.Invalid("accountId", "must be another: under this name the cluster keeps the operator's keys.");
        }

        if (request.Plan is null)
        {
            errors.Invalid("plan", "is required.");
        }

        if (request.Credits is < 0 or > MostCredits)
        {
            errors.Invalid("credits", $"must be from 0 to {MostCredits}.");
        }

        return errors.ToError();
    }

    private static ApiError AlreadyExists(string id) => new(RequestErrors.AlreadyExists, $"There is an account '{id}'.");
}
