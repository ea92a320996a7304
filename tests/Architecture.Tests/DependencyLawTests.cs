using System.Reflection;
using System.Xml.Linq;

namespace LipSync.Tests;

/// <summary>Who may know whom. The table is the law; the projects and the built assemblies must both obey it.</summary>
public class DependencyLawTests
{
    public static TheoryData<string, string[]> Law => new()
    {
        { "Grains.Abstractions", [] },
        { "Inference", [] },
        { "Grains", ["Grains.Abstractions", "Inference"] },
        { "Gateway", ["Grains.Abstractions"] },
        { "Silo", ["Gateway", "Grains", "Grains.Abstractions", "Inference"] },
    };

    [Theory]
    [MemberData(nameof(Law))]
    public void ProjectReferences_OfEachProject_AreAllowed(string project, string[] allowed)
    {
        var references = XDocument.Load(Path.Combine(Repository.Root, project, $"{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Empty(references.Except(allowed));
    }

    [Theory]
    [MemberData(nameof(Law))]
    public void AssemblyReferences_OfEachProject_AreAllowed(string project, string[] allowed)
    {
        var references = Assembly.Load($"LipSync.{project}").GetReferencedAssemblies()
            .Select(assembly => assembly.Name!)
            .Where(name => name.StartsWith("LipSync.", StringComparison.Ordinal))
            .Select(name => name["LipSync.".Length..]);

        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void Inference_ItsAssembly_KnowsNoOrleans() =>
        Assert.DoesNotContain(
            Assembly.Load("LipSync.Inference").GetReferencedAssemblies(),
            assembly => assembly.Name!.StartsWith("Orleans", StringComparison.Ordinal));

    [Fact]
    public void TopLevel_OfTheCheckout_HoldsOnlyTheAgreedFolders()
    {
        string[] agreed = ["Silo", "Gateway", "Grains", "Grains.Abstractions", "Inference", "tests", "deploy"];

        var folders = Repository.Files.Where(f => f.Contains('/', StringComparison.Ordinal)).Select(f => f[..f.IndexOf('/', StringComparison.Ordinal)])
            .Distinct().Where(f => !f.StartsWith('.'));

        Assert.Equal(agreed.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }
}
