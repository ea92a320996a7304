using System.Text.Json.Nodes;

namespace LipSync.Gateway.OpenApi.Examples;

/// <summary>What members of answers look like, by their names: examples of answers are made of these.</summary>
internal static class SampleValues
{
    public const string Link = "https://lipsync.example.com/api/v1/media/jobs/job_0198c0f3a4b27c1e9d5566778899aabb/1/output.mp4?expires=1767229200&signature=qL0n";

    private const string Upload = "https://lipsync.example.com/api/v1/media/uploads/3f2504e04f8941d39a0c0305e82c3301.mp4?expires=1767312000";

    private static readonly Dictionary<string, JsonNode> Values = new(StringComparer.Ordinal)
    {
        ["accountId"] = "acme",
        ["address"] = "10.0.0.7:11111",
        ["analysisId"] = "0198c0f3a4b27c1e9d5566778899aabb",
        ["audioCodec"] = "aac",
        ["codec"] = "h264",
        ["code"] = "no_face_found",
        ["contactSheetUrl"] = Link.Replace("output.mp4", "contact-sheet.png", StringComparison.Ordinal),
        ["cursor"] = "eyJ2IjoxfQ",
        ["date"] = "2026-01-31",
        ["device"] = "cpu-0",
        ["email"] = "ada@example.com",
        ["engine"] = "built-in",
        ["error"] = "No face was found in the video.",
        ["from"] = "2026-01-01",
        ["id"] = "0198c0f3a4b27c1e9d5566778899aabb",
        ["item"] = "job_0198c0f3a4b27c1e9d5566778899aabb/render/0-75",
        ["jobId"] = "job_0198c0f3a4b27c1e9d5566778899aabb",
        ["key"] = "ls_live_000102030405060708090a0b0c0d0e0f1011121314151617f2e1d0c9",
        ["lastUsedAt"] = "2026-01-01T00:00:00.000Z",
        ["message"] = "No face was found in the video.",
        ["method"] = "PUT",
        ["model"] = "built-in",
        ["name"] = "build server",
        ["nextCursor"] = "eyJ2IjoxfQ",
        ["operationId"] = "0198c0f3a4b27c1e9d5566778899aabb",
        ["outputUrl"] = Link,
        ["plotUrl"] = Link.Replace("output.mp4", "mouth.svg", StringComparison.Ordinal),
        ["pool"] = "gpu",
        ["prefix"] = "ls_live_00010203",
        ["reason"] = "no_face",
        ["role"] = "Gpu",
        ["sha256"] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ["silo"] = "gpu-1",
        ["slot"] = "gpu-1/cuda-0",
        ["state"] = "synced",
        ["thumbnailUrl"] = Link.Replace("output.mp4", "face.png", StringComparison.Ordinal),
        ["to"] = "2026-01-31",
        ["uploadUrl"] = Upload + "&max=500000000&signature=Zb1k",
        ["url"] = Upload + "&signature=qL0n",
        ["version"] = "1.0.0",
        ["videoCodec"] = "h264",
        ["warnings"] = "settings.motion has no effect on a video.",
        ["worker"] = "gpu-1",
    };

    /// <summary>Null: this name isn't listed.</summary>
    public static JsonNode? Of(string name) => Values.GetValueOrDefault(name)?.DeepClone();
}
