using System.Net;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Users;
using LipSync.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Sessions;

/// <summary>Begins a session of a user.</summary>
public static class LogInEndpoint
{
    public static void MapLogIn(this IEndpointRouteBuilder auth) => auth
        .MapPost("/login", LogIn)
        .Accepts<Credentials>("application/json")
        .WithName("LogIn")
        .WithSummary("Log in")
        .WithDescription("Begins a session: the answer sets the cookie `lipsync_session`, which stands for the API key on every route of the account for 14 days after its last use. Requests by cookie that change anything must carry this host's `Origin`, as browsers do. After five failures in a row the user is locked for 15 minutes.")
        .WithJsonExample("user", "A user", SignUpEndpoint.Example)
        .ProducesErrors(
            RequestErrors.InvalidRequest, RequestErrors.InvalidCredentials, RequestErrors.Forbidden, RequestErrors.BodyTooLarge,
            RequestErrors.UnsupportedMediaType, RequestErrors.RateLimited);

    private static async Task<Results<Ok<Envelope<UserAnswer>>, ApiError>> LogIn(
        HttpContext context, IGrainFactory grains, Passwords passwords, AddressLimits limits, IOptions<SignupOptions> signup,
        CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<Credentials>(context.Request, cancellationToken);
        if ((body.Error ?? body.Value.CheckGiven()) is { } refused)
        {
            return refused;
        }

        var address = context.Connection.RemoteIpAddress;
        if (limits.BadCredentials.Wait(address) is { } wait)
        {
            return AddressLimits.TooManyBadCredentials(wait);
        }

        var password = body.Value.Password!;
        if (!EmailAddress.TryParse(body.Value.Email, out var email))
        {
            passwords.Verify(hash: null, password);
            return Failed(limits, address);
        }

        var grain = grains.GetGrain<IUserGrain>(email.UserKey);
        var attempt = await grain.TryBegin();
        if (attempt.Wait > TimeSpan.Zero)
        {
            return new ApiError(RequestErrors.RateLimited, "Too many log-ins of this user failed.") { RetryAfter = attempt.Wait };
        }

        var (isRight, rehashed) = passwords.Verify(attempt.PasswordHash, password);
        if (!isRight || attempt.User is not { } user)
        {
            return Failed(limits, address);
        }

        await OpenWhereMissing(grains.GetGrain<IAccountGrain>(user.AccountId), signup.Value);
        var session = Session.New(email.UserKey);
        await grain.SignedIn(new(session.Id, rehashed));
        await session.Begin(context, user);
        return TypedResults.Ok(new Envelope<UserAnswer>(UserAnswer.From(user)));
    }

    private static ApiError Failed(AddressLimits limits, IPAddress? address) => limits.BadCredentials.Count(address) is { } late
        ? AddressLimits.TooManyBadCredentials(late)
        : new ApiError(RequestErrors.InvalidCredentials);

    /// <summary>A sign-up may have broken off between user and account.</summary>
    private static async Task OpenWhereMissing(IAccountGrain account, SignupOptions signup)
    {
        if (await account.Describe() is null)
        {
            await account.Open(Plan.Free, signup.Credits);
        }
    }
}
