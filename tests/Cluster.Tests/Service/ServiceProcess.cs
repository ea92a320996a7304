using System.Text.Json;
using LipSync.Silo;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Service;

/// <summary>The embedded service as users run it: a process of its own, on a free port, with its data in a temporary folder.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly ServiceProgram program;
    private readonly ApiClient client;

    public ServiceProcess(Dictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(settings ?? [], StringComparer.Ordinal) { ["LipSync__Data__Folder"] = Data };
        program = new("service", [typeof(SiloProgram).Assembly.Location], ServiceProgram.FreeUrl(), all);
        client = new(program.Url);
    }

    public Uri Url => program.Url;

    public HttpClient Http => client.Http;

    public string Data { get; } = Directory.CreateTempSubdirectory("lipsync-service-").FullName;

    public string Key { get; private set; } = "";

    public async Task Start()
    {
        await program.Start();
        client.Key = Key = (await File.ReadAllTextAsync(Path.Combine(Data, "dev-api-key"))).Trim();
    }

    /// <summary>Ends the process as a power cut would: kill -9.</summary>
    public Task Kill() => program.Kill();

    /// <summary>Asks the process to stop, as an operator would, and answers its exit code.</summary>
    public Task<int> Terminate() => program.Terminate();

    public Task<string> Upload(string path) => client.Upload(path);

    public Task<string> Submit(object request) => client.Submit(request);

    public Task<JsonElement> Generate(object request) => client.Generate(request);

    public Task<JsonElement> Status(string jobId) => client.Status(jobId);

    /// <summary>Polls the job, as clients do, until the condition holds.</summary>
    public Task<JsonElement> Until(string jobId, Func<JsonElement, bool> condition, TimeSpan? patience = null) => client.Until(jobId, condition, patience);

    public Task<JsonElement> UntilEnded(string jobId) => client.UntilEnded(jobId);

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        client.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
