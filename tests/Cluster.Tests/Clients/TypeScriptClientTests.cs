using System.Text.Json;
using LipSync.Tests.Processes;
using LipSync.Tests.Service;

namespace LipSync.Tests.Clients;

/// <summary>A TypeScript client generated from the service's own description, with openapi-typescript and openapi-fetch.</summary>
[Collection(ServiceCollectionDefinition.Name)]
public sealed class TypeScriptClientTests(ServiceFixture fixture)
{
    private const string Modules = "node_modules";

    [Fact]
    public async Task GeneratedClient_CheckedStrictly_RunsFromUploadToCancel()
    {
        var folder = Directory.CreateDirectory(Path.Combine(fixture.Media.Folder, "typescript")).FullName;
        foreach (var file in new[] { "flow.ts", "package.json", "tsconfig.json" })
        {
            File.Copy(Path.Combine(ClientSources.Folder, file), Path.Combine(folder, file));
        }

        Directory.CreateSymbolicLink(Path.Combine(folder, Modules), Path.Combine(ClientSources.Folder, Modules));
        var description = Path.Combine(folder, "openapi.json");
        await File.WriteAllTextAsync(description, await fixture.Service.Client.Http.GetStringAsync("/openapi/v1.json"));
        var output = Path.Combine(folder, "output.mp4");

        await Node(folder, "openapi-typescript/bin/cli.js", description, "--default-non-nullable", "false", "-o", Path.Combine(folder, "lipsync.d.ts"));
        await Node(folder, "typescript/bin/tsc", "--strict", "-p", folder);
        var told = await Task.Run(() => Command.Run(
            "node", Path.Combine(folder, "flow.js"), fixture.Service.Url.GetLeftPart(UriPartial.Authority), fixture.Service.Key, fixture.Media.Portrait, fixture.Media.Speech, output));

        using var result = JsonDocument.Parse(told);
        Assert.Equal(1, result.RootElement.GetProperty("credits").GetInt64());
        Assert.InRange(TestMedia.Seconds(output), TestMedia.Seconds(fixture.Media.Speech) - 0.1, TestMedia.Seconds(fixture.Media.Speech) + 0.1);
        Assert.Equal("cancelled", (await fixture.Service.Client.Status(result.RootElement.GetProperty("cancelled").GetString()!)).GetProperty("status").GetString());
    }

    private static Task<string> Node(string folder, string script, params string[] arguments) =>
        Task.Run(() => Command.Run("node", [Path.Combine(folder, Modules, script), .. arguments]));
}
