namespace LipSync.Gateway.Lists;

/// <summary>A page of a list.</summary>
/// <param name="NextCursor">Where the next page begins; left out on the last one.</param>
public sealed record ListAnswer<T>(IReadOnlyList<T> Items, string? NextCursor);
