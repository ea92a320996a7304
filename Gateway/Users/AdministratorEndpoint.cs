using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;
using LipSync.Gateway.OpenApi;
using LipSync.Users;
using Microsoft.AspNetCore.Http.HttpResults;

namespace LipSync.Gateway.Users;

/// <summary>Makes users administrators.</summary>
public static class AdministratorEndpoint
{
    private const string Example =
        """
        { "admin": true }
        """;

    public static void MapAdministrators(this IEndpointRouteBuilder admin) => admin
        .MapPut("/users/{email}", Set)
        .Accepts<UserChange>("application/json")
        .WithName("SetAdministrator")
        .WithTags("Admin")
        .WithSummary("Make a user an administrator")
        .WithDescription("An administrator's session opens the admin routes as the admin key does; within five seconds at every gateway, also of sessions that he has.")
        .WithJsonExample("admin", "An administrator", Example)
        .ProducesErrors(RequestErrors.InvalidRequest, RequestErrors.NotFound, RequestErrors.BodyTooLarge, RequestErrors.UnsupportedMediaType);

    /// <param name="email">With which he signed up.</param>
    private static async Task<Results<Ok<Envelope<UserAnswer>>, ApiError>> Set(
        string email, HttpRequest request, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var body = await JsonBody.Read<UserChange>(request, cancellationToken);
        if ((body.Error ?? body.Value.Check()) is { } refused)
        {
            return refused;
        }

        return EmailAddress.TryParse(email, out var address)
            && await grains.GetGrain<IUserGrain>(address.UserKey).SetAdministrator(body.Value.Admin!.Value) is { } user
            ? TypedResults.Ok(new Envelope<UserAnswer>(UserAnswer.From(user)))
            : new ApiError(RequestErrors.NotFound, "There is no user with this e-mail address.");
    }
}

/// <summary>What to change of a user.</summary>
public sealed record UserChange
{
    /// <summary>Whether he may do what the operator may.</summary>
    [Required]
    public bool? Admin { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    /// <summary>Null: nothing is wrong with it.</summary>
    public ApiError? Check()
    {
        var errors = new FieldErrors();
        errors.Unknown(Unknown);

        if (Admin is null)
        {
            errors.Invalid("admin", "is required.");
        }

        return errors.ToError();
    }
}
