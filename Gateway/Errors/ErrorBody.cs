using System.Text.Json.Serialization;

namespace LipSync.Gateway.Errors;

/// <summary>Every refusal: RFC 9457 with the contract's own members.</summary>
/// <param name="Type">A page that explains the code.</param>
/// <param name="Title">What happened, the same for every occurrence of the code.</param>
/// <param name="Status">The HTTP status again.</param>
/// <param name="Detail">What happened this time, for people.</param>
/// <param name="Code">Stable; decide on this.</param>
/// <param name="RequestId">Names this request in the service's logs.</param>
/// <param name="Error">The same as <c>detail</c>.</param>
public sealed record ErrorBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string RequestId,
    string Error)
{
    /// <summary>Always false.</summary>
    [JsonPropertyOrder(-1)]
    public bool Success { get; } = false;

    /// <summary>Field to messages, where fields are at fault.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The job that the request was to start, where it could not be told whether it did: its status tells.</summary>
    public string? JobId { get; init; }
}
