namespace LipSync.Gateway.Json;

/// <summary>The serializer's own paths, such as <c>$.settings.fps</c>, <c>$.events[2]</c> and <c>$['two words']</c>.</summary>
internal static class JsonPath
{
    /// <summary>Names and indices from the outermost to the innermost; none: the body itself.</summary>
    public static IReadOnlyList<string> Split(string path)
    {
        List<string> steps = [];
        var rest = path.AsSpan(1); // "$"
        while (!rest.IsEmpty)
        {
            // A name in brackets may hold anything; the serializer leaves quotes in it as they are, so that it ends at the last.
            var (start, end, skip) = rest switch
            {
                ['[', '\'', ..] => (2, rest.LastIndexOf("']"), 2),
                ['[', ..] => (1, rest.IndexOf(']'), 1),
                _ => (1, NextStep(rest[1..]) + 1, 0),
            };
            steps.Add(rest[start..end].ToString());
            rest = rest[(end + skip)..];
        }

        return steps;
    }

    /// <summary>As the contract names fields: <c>settings.fps</c>, <c>events[2]</c>.</summary>
    public static string Join(IReadOnlyList<string> steps) => string.Concat(
        steps.Select((step, index) => step.All(char.IsAsciiDigit) ? $"[{step}]" : index == 0 ? step : $".{step}"));

    private static int NextStep(ReadOnlySpan<char> rest) => rest.IndexOfAny('.', '[') is >= 0 and var at ? at : rest.Length;
}
