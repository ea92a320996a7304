namespace LipSync.Benchmarks.Quality;

/// <summary>Where the clips lie that are not part of the repository; as the tests look for them.</summary>
internal static class MediaFolder
{
    /// <summary>Where they should be, whether or not they are there.</summary>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("LIPSYNC_TEST_MEDIA") is { Length: > 0 } named)
        {
            return Path.Combine(named, "media");
        }

        return Path.Combine(Repository.Parent?.FullName ?? "", "shared", "media");
    }

    /// <summary>The checkout this program was built in.</summary>
    public static DirectoryInfo Repository { get; } = Locate();

    private static DirectoryInfo Locate()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.LipSync.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The benchmarks run from a build inside the checkout.");
        }

        return folder;
    }
}
