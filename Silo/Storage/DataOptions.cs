namespace LipSync.Silo.Storage;

/// <summary>Where the embedded service keeps everything (<c>LipSync:Data</c>).</summary>
public sealed class DataOptions
{
    public const string Section = "LipSync:Data";

    /// <summary>The folder of database, media, scratch files and first keys.</summary>
    public string Folder { get; set; } = ".lipsync";

    public string Database => Path.Combine(Folder, "lipsync.db");

    public string Media => Path.Combine(Folder, "media");

    public string MediaCache => Path.Combine(Folder, "media-cache");

    public string Scratch => Path.Combine(Folder, "scratch");
}
