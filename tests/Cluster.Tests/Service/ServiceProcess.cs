using LipSync.Silo;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Service;

/// <summary>The service as users run it: a process of its own, on a free port, with its data in a temporary folder.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private readonly ProgramProcess program;

    public ServiceProcess(Dictionary<string, string>? settings = null)
    {
        program = new(
            "service",
            [typeof(SiloProgram).Assembly.Location],
            ProgramProcess.FreeUrl(),
            new Dictionary<string, string>(settings ?? [], StringComparer.Ordinal) { ["LipSync:Data:Folder"] = Data });
        Client = new ServiceClient(program.Url);
    }

    public Uri Url => program.Url;

    /// <summary>A client that shows the key of the account <c>dev</c>.</summary>
    public ServiceClient Client { get; }

    public string Data { get; } = Directory.CreateTempSubdirectory("lipsync-service-").FullName;

    public string Key { get; private set; } = "";

    /// <summary>Lines that it wrote, whenever it ran.</summary>
    public IReadOnlyCollection<string> Log => program.Log;

    public async Task Start()
    {
        await program.Start();
        Key = (await File.ReadAllTextAsync(Path.Combine(Data, "dev-api-key"))).Trim();
        Client.Authenticate(Key);
    }

    public Task Kill() => program.Kill();

    public Task<int> Terminate() => program.Terminate();

    public async ValueTask DisposeAsync()
    {
        await program.DisposeAsync();
        Client.Dispose();
        Directory.Delete(Data, recursive: true);
    }
}
