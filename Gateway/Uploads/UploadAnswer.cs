namespace LipSync.Gateway.Uploads;

/// <summary>A file that was stored.</summary>
/// <param name="Url">Usable as <c>audioUrl</c>, <c>videoUrl</c> and <c>imageUrl</c>.</param>
/// <param name="ExpiresAt">When the file is deleted.</param>
/// <param name="Size">Bytes.</param>
public sealed record UploadAnswer(string Url, DateTimeOffset ExpiresAt, long Size);
