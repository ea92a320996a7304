using LipSync.Gateway;
using LipSync.Silo;
using LipSync.Silo.Storage.Postgres;
using LipSync.Tests.Hosting;
using LipSync.Tests.Postgres;

namespace LipSync.Tests.Roles;

/// <summary>A whole cluster on this machine: PostgreSQL, a media folder, and as many silos and gateways as a test starts, each a process of its own.</summary>
public sealed class ClusterProcesses : IAsyncDisposable
{
    public const string AdminKey = "the admin key of the tests' cluster";

    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-cluster-").FullName;
    private readonly List<ProgramProcess> processes = [];
    private readonly string connectionString;

    private ClusterProcesses(PostgresServer database, string connectionString) => (Database, this.connectionString) = (database, connectionString);

    public PostgresServer Database { get; }

    public static async Task<ClusterProcesses> Start()
    {
        var server = await PostgresServer.Start();
        var database = await server.CreateDatabase();
        await PostgresSchema.Migrate(server.ConnectionString("lipsync_owner", database), CancellationToken.None);
        return new(server, server.ConnectionString("lipsync", database));
    }

    public Task<ProgramProcess> StartControl(string worker = "control") => StartSilo("Control", worker);

    public Task<ProgramProcess> StartGpu(string worker = "gpu") => StartSilo("Gpu", worker);

    public Task<ProgramProcess> StartGateway() => Start(typeof(GatewayProgram), new(StringComparer.Ordinal) { ["LipSync:Admin:Key"] = AdminKey });

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private Task<ProgramProcess> StartSilo(string role, string worker) => Start(typeof(SiloProgram), new(StringComparer.Ordinal)
    {
        ["LipSync:Silo:Role"] = role,
        ["LipSync:Slots:Worker"] = worker,
        ["LipSync:Slots:CpuSlots"] = "1",
        ["LipSync:Slots:ScratchFolder"] = Path.Combine(folder, "scratch"),
        ["LipSync:Cluster:SiloPort"] = $"{ProgramProcess.FreePort()}",
        ["LipSync:Cluster:GatewayPort"] = $"{ProgramProcess.FreePort()}",
        ["LipSync:Cluster:AdvertisedAddress"] = "127.0.0.1",
    });

    private async Task<ProgramProcess> Start(Type program, Dictionary<string, string> settings)
    {
        settings["LipSync:Database:ConnectionString"] = connectionString;
        settings["LipSync:Media:Folder"] = Path.Combine(folder, "media");
        var process = new ProgramProcess(program.Assembly.Location, settings);
        processes.Add(process);
        await process.Start();
        return process;
    }
}
