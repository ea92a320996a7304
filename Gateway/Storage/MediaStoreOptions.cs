using LipSync.Gateway.Storage.S3;

namespace LipSync.Gateway.Storage;

/// <summary>Where artifacts are kept.</summary>
public enum MediaStoreKind
{
    /// <summary>In a folder of this machine, or one that all machines share.</summary>
    Folder,

    /// <summary>In a bucket of S3 or of a server that speaks its protocol.</summary>
    S3,
}

/// <summary>Configuration section <c>LipSync:Media</c>.</summary>
public sealed class MediaStoreOptions
{
    public const string Section = "LipSync:Media";

    /// <summary><c>Folder</c> or <c>S3</c>; the same for every process of the service.</summary>
    public string Store { get; set; } = nameof(MediaStoreKind.Folder);

    /// <summary><c>Folder</c>: one folder, shared by every process of the service.</summary>
    public string Folder { get; set; } = ".lipsync/media";

    /// <summary><c>S3</c>: the bucket and how to reach it.</summary>
    public S3Options S3 { get; set; } = new();

    /// <summary><see cref="Store"/> as a value; null where it names no store.</summary>
    public MediaStoreKind? Kind => Enum.GetValues<MediaStoreKind>().Cast<MediaStoreKind?>()
        .FirstOrDefault(kind => kind.ToString()!.Equals(Store, StringComparison.OrdinalIgnoreCase));
}
