namespace LipSync.Gateway.Errors;

/// <summary>One stable code of the HTTP contract.</summary>
/// <param name="Code">Snake case; clients decide on it.</param>
/// <param name="Status">HTTP status; null for the failure of a job, which a status request reports in <c>data.error</c>.</param>
/// <param name="Title">What happened, in a few words, the same for every occurrence.</param>
/// <param name="Cause">Why it happens.</param>
/// <param name="Cure">What the client can do.</param>
public sealed record ApiErrorCode(string Code, int? Status, string Title, string Cause, string Cure);
