using System.Text.Json;
using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Json;

/// <summary>Collects what is wrong with a request, so that a client learns everything at once.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> messages = new(StringComparer.Ordinal);
    private bool invalid;

    /// <summary>The field is missing, or its value can never be right.</summary>
    public void Invalid(string field, string message)
    {
        invalid = true;
        Add(field, message);
    }

    /// <summary>None of these is a field of the request.</summary>
    /// <param name="fields">What its type has no member for; null: nothing.</param>
    public void Unknown(IDictionary<string, JsonElement>? fields)
    {
        foreach (var field in fields?.Keys ?? [])
        {
            Invalid(field, "is not a field of this request.");
        }
    }

    /// <summary>The field or its value is understood to be a setting, but not offered.</summary>
    public void Unsupported(string field, string message) => Add(field, message);

    /// <summary>Null: nothing is wrong.</summary>
    public ApiError? ToError()
    {
        if (messages.Count == 0)
        {
            return null;
        }

        var detail = string.Join(' ', messages.Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"));
        return new ApiError(invalid ? RequestErrors.InvalidRequest : RequestErrors.UnsupportedSetting, detail, messages);
    }

    private void Add(string field, string message) =>
        messages[field] = messages.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];
}
