using System.Text.Json;

namespace LipSync.Tests;

/// <summary>Everything that the build restores stands in deploy/docs/dependencies.md with a licence that allows commercial use.</summary>
public class LicenceTests
{
    private const string List = "deploy/docs/dependencies.md";

    private static readonly string[] Allowed =
        ["MIT", "Apache-2.0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "MS-PL", "PostgreSQL", "Public domain", "MS-.NET-Library", "Python-2.0"];

    [Fact]
    public void Packages_AllThatAreRestored_AreListed()
    {
        var restored = Repository.Files.Where(f => Path.GetFileName(f) == "packages.lock.json").SelectMany(NuGetPackages)
            .Concat(Repository.Files.Where(f => Path.GetFileName(f) == "package-lock.json").SelectMany(NpmPackages))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.NotEmpty(restored);
        Assert.Empty(restored.Except(Rows().Select(row => row.Name), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Packages_ThatAreListed_AreStillRestored()
    {
        var restored = Repository.Files.Where(f => Path.GetFileName(f) == "packages.lock.json").SelectMany(NuGetPackages)
            .Concat(Repository.Files.Where(f => Path.GetFileName(f) == "package-lock.json").SelectMany(NpmPackages));

        Assert.Empty(Rows().Select(row => row.Name).Except(restored, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Licences_OfAllPackages_AllowCommercialUse() =>
        Assert.All(Rows(), row => Assert.Contains(row.Licence, Allowed));

    private static IEnumerable<string> NuGetPackages(string lockFile)
    {
        using var json = JsonDocument.Parse(Repository.Read(lockFile));
        foreach (var framework in json.RootElement.GetProperty("dependencies").EnumerateObject())
        {
            foreach (var package in framework.Value.EnumerateObject().Where(p => p.Value.GetProperty("type").GetString() != "Project"))
            {
                yield return package.Name;
            }
        }
    }

    private static IEnumerable<string> NpmPackages(string lockFile)
    {
        const string prefix = "node_modules/";
        using var json = JsonDocument.Parse(Repository.Read(lockFile));
        foreach (var package in json.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0))
        {
            yield return package.Name[(package.Name.LastIndexOf(prefix, StringComparison.Ordinal) + prefix.Length)..];
        }
    }

    // Rows of the tables look like: | name | licence | … |, with the name in backticks.
    private static List<(string Name, string Licence)> Rows() =>
        [.. Repository.Read(List).Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|'))
            .Select(cells => (cells[1].Trim().Trim('`'), cells[2].Trim()))];
}
