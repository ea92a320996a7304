namespace LipSync.Tests.Clients;

/// <summary>Where the customers' programs lie that are written against generated clients.</summary>
internal static class ClientSources
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.LipSync.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of their checkout.");
        }

        return Path.Combine(folder.FullName, "tests", "Clients");
    }
}
