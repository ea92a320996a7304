using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Admin.Accounts;

/// <summary>Credits to add to an account.</summary>
public sealed record GrantRequest
{
    private const int LongestOperationId = 255;

    /// <summary>How many; at least 1.</summary>
    [Required]
    public long? Credits { get; init; }

    /// <summary>Makes sure that they are added once, up to 255 characters: the number of an invoice, say. Without it every request adds credits.</summary>
    public string? OperationId { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }

    public ApiError? Check()
    {
        var errors = new FieldErrors();
        errors.Unknown(Unknown);

        if (Credits is not (> 0 and <= CreateAccountEndpoint.MostCredits))
        {
            errors.Invalid("credits", $"is required, from 1 to {CreateAccountEndpoint.MostCredits}.");
        }

        if (OperationId is { Length: 0 or > LongestOperationId })
        {
            errors.Invalid("operationId", $"must be 1 to {LongestOperationId} characters.");
        }

        return errors.ToError();
    }
}
