using System.Diagnostics;

namespace LipSync.Tests;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files under version control and new ones that are not ignored, relative to the root.</summary>
    public static IReadOnlyList<string> Files { get; } = ListFiles();

    public static IEnumerable<string> SourceFiles => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.LipSync.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the checkout.");
    }

    private static List<string> ListFiles()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return git.ExitCode == 0 ? [.. files.Where(f => File.Exists(Path.Combine(Root, f)))] : throw new InvalidOperationException("git ls-files failed.");
    }
}
