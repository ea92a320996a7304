using System.Text.Json.Serialization;

namespace LipSync.Gateway.Json;

/// <summary>Every successful answer.</summary>
public sealed record Envelope<T>(T Data)
    where T : class
{
    /// <summary>Always true.</summary>
    [JsonPropertyOrder(-1)]
    public bool Success { get; } = true;
}
