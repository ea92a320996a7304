using System.Text.Json;

namespace LipSync.Cli.Service;

/// <summary>The configuration file, <c>~/.config/lipsync/config.json</c>; only its owner can read it.</summary>
public sealed record Configuration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string? Url { get; init; }

    public string? ApiKey { get; init; }

    public string? AdminKey { get; init; }

    public static string Path => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "lipsync", "config.json");

    /// <exception cref="UsageException">The file is there, but no configuration.</exception>
    public static Configuration Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<Configuration>(File.ReadAllText(Path), Json) ?? new() : new();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The configuration file {Path} can't be read: {e.Message}");
        }
    }

    public void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var draft = Path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            JsonSerializer.Serialize(file, this, Json);
        }

        File.Move(draft, Path, overwrite: true);
    }
}
