namespace LipSync.Gateway.Uploads;

/// <summary>A file that was stored, or with <c>presign</c> the place of one that is still to be put.</summary>
/// <param name="Url">Usable as <c>audioUrl</c>, <c>videoUrl</c> and <c>imageUrl</c>.</param>
/// <param name="ExpiresAt">When the file is deleted and the links end.</param>
public sealed record UploadAnswer(string Url, DateTimeOffset ExpiresAt)
{
    /// <summary>Bytes that were stored; not there with <c>presign</c>.</summary>
    public long? Size { get; init; }

    /// <summary>With <c>presign</c>: the link to send the file's bytes to, without a key.</summary>
    public string? UploadUrl { get; init; }

    /// <summary>With <c>presign</c>: how to send them, always <c>PUT</c>.</summary>
    public string? Method { get; init; }

    /// <summary>With <c>presign</c>: the largest file that is taken.</summary>
    public long? MaxBytes { get; init; }
}
