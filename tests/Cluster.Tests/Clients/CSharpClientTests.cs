using System.Reflection;
using LipSync.Tests.Service;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;
using NSwag.CodeGeneration.OperationNameGenerators;

namespace LipSync.Tests.Clients;

/// <summary>A C# client generated from the service's own description.</summary>
[Collection(ServiceCollectionDefinition.Name)]
public sealed class CSharpClientTests(ServiceFixture fixture)
{
    [Fact]
    public async Task GeneratedClient_CompiledWithItsFlow_RunsFromUploadToCancel()
    {
        var client = Generate(await OpenApiDocument.FromJsonAsync(await fixture.Service.Client.Http.GetStringAsync("/openapi/v1.json")));
        var flow = Compile(client, await File.ReadAllTextAsync(Path.Combine(ClientSources.Folder, "Flow.cs"))).GetType("Generated.Flow")!.GetMethod("Run")!;
        var output = Path.Combine(fixture.Media.Folder, "csharp.mp4");

        var told = await (Task<string[]>)flow.Invoke(null, [fixture.Service.Url, fixture.Service.Key, fixture.Media.Portrait, fixture.Media.Speech, output])!;

        Assert.Equal("1", told[1]);
        Assert.InRange(TestMedia.Seconds(output), TestMedia.Seconds(fixture.Media.Speech) - 0.1, TestMedia.Seconds(fixture.Media.Speech) + 0.1);
        Assert.Equal("cancelled", (await fixture.Service.Client.Status(told[2])).GetProperty("status").GetString());
    }

    private static string Generate(OpenApiDocument description) => new CSharpClientGenerator(description, new CSharpClientGeneratorSettings
    {
        ClassName = "LipSyncClient",
        ExceptionClass = "LipSyncException",
        InjectHttpClient = true,
        UseBaseUrl = false,
        GenerateOptionalParameters = true,
        OperationNameGenerator = new SingleClientFromOperationIdOperationNameGenerator(),
        CSharpGeneratorSettings =
        {
            Namespace = "Generated",
            JsonLibrary = CSharpJsonLibrary.NewtonsoftJson,
            GenerateOptionalPropertiesAsNullable = true,
            GenerateNullableReferenceTypes = true,
        },
    }).GenerateFile();

    private static Assembly Compile(params string[] sources)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Generated",
            sources.Select(source => CSharpSyntaxTree.ParseText(source)),
            trusted.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error).Take(10)));
        return Assembly.Load(image.ToArray());
    }
}
