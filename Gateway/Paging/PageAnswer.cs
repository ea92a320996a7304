namespace LipSync.Gateway.Paging;

/// <summary>One page of a list.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Ask for the next page with this; not there on the last one.</param>
public sealed record PageAnswer<T>(IReadOnlyList<T> Items, string? NextCursor);
