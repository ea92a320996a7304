using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Json;

/// <summary>Collects what is wrong with a request, so that a client learns everything at once.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, string[]> _messages = new(StringComparer.Ordinal);
    private bool _invalid;

    /// <summary>The field is missing, or its value can never be right.</summary>
    public void Invalid(string field, string message)
    {
        _invalid = true;
        Add(field, message);
    }

    /// <summary>The field or its value is understood to be a setting, but not offered.</summary>
    public void Unsupported(string field, string message) => Add(field, message);

    /// <summary>Null: nothing is wrong.</summary>
    public ApiError? ToError()
    {
        if (_messages.Count == 0)
        {
            return null;
        }

        var detail = string.Join(' ', _messages.Select(field => $"{field.Key}: {string.Join(' ', field.Value)}"));
        return new ApiError(_invalid ? RequestErrors.InvalidRequest : RequestErrors.UnsupportedSetting, detail, _messages);
    }

    private void Add(string field, string message) =>
        _messages[field] = _messages.TryGetValue(field, out var earlier) ? [.. earlier, message] : [message];
}
