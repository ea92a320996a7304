using LipSync.Gateway.Lipsync;

namespace LipSync.Gateway.Preflights;

/// <summary>The body that <c>generate</c> takes; the speech may be missing.</summary>
public sealed record AnalyzeRequest : GenerateRequest
{
    /// <summary>The speech: an http(s) URL to fetch, or the link of an upload. Without it neither output nor price can be told.</summary>
    public override string? AudioUrl { get; init; }
}
