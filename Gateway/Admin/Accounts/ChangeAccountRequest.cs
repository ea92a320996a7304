using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Accounts;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>What to change in an account; what is not given stays as it is.</summary>
public sealed record ChangeAccountRequest
{
    /// <summary>What the account may do from now on.</summary>
    public Plan? Plan { get; init; }

    /// <summary>Whether its requests are refused.</summary>
    public bool? Suspended { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    public ApiError? Check()
    {
        var errors = new FieldErrors();
        errors.Unknown(Unknown);

        if (Plan is null && Suspended is null)
        {
            errors.Invalid("plan", "or suspended is required.");
        }

        return errors.ToError();
    }
}
