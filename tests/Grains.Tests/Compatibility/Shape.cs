using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;

namespace LipSync.Tests.Compatibility;

/// <summary>What a message says, member by member, as JSON: two versions of the code can be compared by it.</summary>
internal static class Shape
{
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes,
        byte[] bytes => Convert.ToHexStringLower(bytes),
        Enum word => word.ToString(),
        DateTimeOffset time => time.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        IEnumerable items => new JsonArray([.. items.Cast<object>().Select(Of)]),
        IFormattable number when value.GetType().IsPrimitive || value is TimeSpan => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Members(value),
    };

    /// <summary>Everything that <paramref name="recorded"/> says is still said; later members may have come.</summary>
    public static bool Contains(JsonNode? now, JsonNode? recorded) => (now, recorded) switch
    {
        (JsonObject current, JsonObject before) => before.All(member => current.ContainsKey(member.Key) && Contains(current[member.Key], member.Value)),
        (JsonArray current, JsonArray before) => current.Count == before.Count && current.Zip(before).All(pair => Contains(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(now, recorded),
    };

    private static JsonObject Members(object value)
    {
        var members = new JsonObject { ["$"] = value.GetType().GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias };
        foreach (var member in value.GetType().GetProperties().Where(member => member.GetIndexParameters().Length == 0))
        {
            if (member.GetCustomAttribute<IdAttribute>() is { } id)
            {
                members[id.Id.ToString(CultureInfo.InvariantCulture)] = Of(member.GetValue(value));
            }
            else if (value.GetType().GetCustomAttribute<GenerateSerializerAttribute>() is null)
            {
                members[member.Name] = Of(member.GetValue(value));
            }
        }

        return members;
    }
}
