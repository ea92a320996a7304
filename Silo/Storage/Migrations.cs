namespace LipSync.Silo.Storage;

/// <summary>One script of <c>deploy/sql</c>, which lies in this assembly; applied once, in the order of the names.</summary>
public sealed record Migration(string Name, string Sql);

public static class Migrations
{
    /// <param name="backend">The folder below <c>deploy/sql</c>.</param>
    public static IReadOnlyList<Migration> Of(string backend)
    {
        var assembly = typeof(Migrations).Assembly;
        var prefix = backend + "/";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return new Migration(name[prefix.Length..], reader.ReadToEnd());
                }),
        ];
    }
}
