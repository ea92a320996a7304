namespace LipSync.Media;

/// <summary>The media that lies beside the repository, and a folder for what a test writes.</summary>
internal static class TestMedia
{
    /// <summary>A file of the media folder; skips the test where the folder is missing.</summary>
    public static string Find(string name)
    {
        var path = Path.Combine(Root ?? "", name);
        Skip.If(Root is null || !File.Exists(path), $"The test media file {name} is not on this machine; LIPSYNC_TEST_MEDIA names its folder.");
        return path;
    }

    private static string? Root { get; } = Locate();

    private static string? Locate()
    {
        if (Environment.GetEnvironmentVariable("LIPSYNC_TEST_MEDIA") is { Length: > 0 } named)
        {
            return Directory.Exists(named) ? named : null;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.LipSync.sln")))
        {
            folder = folder.Parent;
        }

        var shared = Path.Combine(folder?.Parent?.FullName ?? "", "shared");
        return Directory.Exists(Path.Combine(shared, "media")) ? shared : null;
    }
}
