using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.Limits;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Sessions;
using LipSync.Users;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Users;

/// <summary>Makes a user with an account of his own, signed in.</summary>
public static class SignUpEndpoint
{
    public const string Example =
        """
        { "email": "ada@example.com", "password": "correct horse battery" }
        """;

    public static void MapSignUp(this IEndpointRouteBuilder auth) => auth
        .MapPost("/signup", SignUp)
        .Accepts<Credentials>("application/json")
        .WithName("SignUp")
        .WithSummary("Sign up")
        .WithDescription("Opens an account of the plan Free and begins a session: the answer sets the cookie `lipsync_session`. The operator may have closed sign-up, or limited it to some e-mail domains.")
        .WithJsonExample("user", "A new user", Example)
        .ProducesErrors(
            RequestErrors.InvalidRequest, RequestErrors.Forbidden, RequestErrors.AlreadyExists, RequestErrors.BodyTooLarge,
            RequestErrors.UnsupportedMediaType, RequestErrors.RateLimited);

    private static async Task<Results<Created<Envelope<UserAnswer>>, ApiError>> SignUp(
        HttpContext context, IGrainFactory grains, Passwords passwords, AddressLimits limits, IOptions<SignupOptions> options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        var signup = options.Value;
        if (signup.Mode == SignupMode.Closed)
        {
            return new ApiError(RequestErrors.Forbidden, "Sign-up is closed. Please ask the operator of this service for an account.");
        }

        if (limits.SignUps.Count(context.Connection.RemoteIpAddress) is { } wait)
        {
            return new ApiError(RequestErrors.RateLimited, "Too many sign-ups came from this address.") { RetryAfter = wait };
        }

        var body = await JsonBody.Read<Credentials>(context.Request, cancellationToken);
        if ((body.Error ?? body.Value.CheckNew()) is { } refused)
        {
            return refused;
        }

        if (!EmailAddress.TryParse(body.Value.Email, out var email) || !signup.Welcomes(email))
        {
            return new ApiError(RequestErrors.Forbidden, "Addresses of this domain can't sign up here. Please ask the operator of this service for an account.");
        }

        // The user first: where the account is not opened after him, his log-in does that.
        var session = Session.New(email.UserKey);
        var user = new NewUser(email.Text, $"acct_{Guid.CreateVersion7(time.GetUtcNow()):N}", passwords.Hash(body.Value.Password!), session.Id);
        if (!await grains.GetGrain<IUserGrain>(email.UserKey).SignUp(user))
        {
            return new ApiError(RequestErrors.AlreadyExists, "There is a user with this e-mail address. Log in instead.");
        }

        await grains.GetGrain<IAccountGrain>(user.AccountId).Open(Plan.Free, signup.Credits);
        var view = new UserView(user.Email, user.AccountId, Administrator: false);
        await session.Begin(context, view);
        return TypedResults.Created((string?)null, new Envelope<UserAnswer>(UserAnswer.From(view)));
    }
}
