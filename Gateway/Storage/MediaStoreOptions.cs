namespace LipSync.Gateway.Storage;

/// <summary>Configuration section <c>LipSync:Media</c>.</summary>
public sealed class MediaStoreOptions
{
    public const string Section = "LipSync:Media";

    /// <summary>Where artifacts are kept: one folder, shared by every process of the service.</summary>
    public string Folder { get; set; } = ".lipsync/media";
}
