using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace LipSync.Tests.Compatibility;

/// <summary>
/// During a rolling upgrade silos of two versions talk to each other, and records outlive the code that wrote them. The folder
/// <c>Recorded</c> keeps the bytes of every message and state, as the version that introduced or changed it wrote them, together
/// with what they say; this code must read the same from them. Run with LIPSYNC_RECORD=1 to add what is new; what is there is never
/// written again.
/// </summary>
public sealed class RecordedPayloadTests
{
    private static readonly string Folder = Path.Combine(Path.GetDirectoryName(ThisFile())!, "Recorded");
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly Serializer serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<string> Recordings => new(Directory.CreateDirectory(Folder).EnumerateFiles("*.json").Select(file => file.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Payload_OfAnEarlierVersion_SaysTheSame(string file)
    {
        var recording = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!;
        var read = serializer.Deserialize<object>(Convert.FromBase64String(recording["bytes"]!.GetValue<string>()));

        var (now, then) = (Shape.Of(read), recording["says"]);
        Assert.True(Shape.Contains(now, then), $"Recorded: {then!.ToJsonString()}\nRead: {now?.ToJsonString()}");
    }

    [Fact]
    public void Messages_AsTheyAreNow_AreAllRecorded()
    {
        if (Environment.GetEnvironmentVariable("LIPSYNC_RECORD") is "1")
        {
            Record();
        }

        var recorded = Directory.EnumerateFiles(Folder, "*.json").Select(file => JsonNode.Parse(File.ReadAllText(file))!["says"]!).ToList();
        var missing = SampleValues.Messages
            .Where(type => !recorded.Any(says => JsonNode.DeepEquals(says, Shape.Of(SampleValues.Of(type)))))
            .Select(SampleValues.AliasOf);
        Assert.Empty(missing);
    }

    private void Record()
    {
        foreach (var type in SampleValues.Messages)
        {
            var sample = SampleValues.Of(type);
            var says = Shape.Of(sample)!;
            var versions = Directory.EnumerateFiles(Folder, $"{SampleValues.AliasOf(type)}.*.json").ToList();
            if (versions.Any(file => JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file))!["says"], says)))
            {
                continue;
            }

            var recording = new JsonObject { ["bytes"] = Convert.ToBase64String(serializer.SerializeToArray(sample)), ["says"] = says };
            File.WriteAllText(Path.Combine(Folder, $"{SampleValues.AliasOf(type)}.{versions.Count + 1}.json"), recording.ToJsonString(Indented) + "\n");
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
