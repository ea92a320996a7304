using System.Text.Json;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Jobs;

/// <summary>A customer's own notes on a job: string pairs that are echoed and mean nothing to the service.</summary>
public static class Metadata
{
    public const int MostPairs = 20;
    public const int LongestName = 40;
    public const int LongestValue = 500;

    /// <summary>One text for equal pairs, whatever their order; null where there are none.</summary>
    public static string? Read(string field, IReadOnlyDictionary<string, string>? pairs, FieldErrors errors)
    {
        if (pairs is null or { Count: 0 })
        {
            return null;
        }

        if (pairs.Count > MostPairs)
        {
            errors.Invalid(field, $"must have at most {MostPairs} members.");
        }

        if (pairs.Keys.Any(name => name.Length is 0 or > LongestName))
        {
            errors.Invalid(field, $"must have names of 1 to {LongestName} characters.");
        }

        // A null in the request's JSON is null here, whatever the type says.
        if (pairs.Values.Any(value => value is null || value.Length > LongestValue))
        {
            errors.Invalid(field, $"must have strings of at most {LongestValue} characters as values.");
        }

        return JsonSerializer.Serialize(new SortedDictionary<string, string>(pairs.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal));
    }

    /// <param name="json">As <see cref="Read"/> made it.</param>
    public static IReadOnlyDictionary<string, string>? Echo(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(json);
}
