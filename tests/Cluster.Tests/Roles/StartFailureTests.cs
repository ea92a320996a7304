using LipSync.Gateway;
using LipSync.Silo;
using LipSync.Tests.Hosting;
using LipSync.Tests.Storage;

namespace LipSync.Tests.Roles;

/// <summary>A process that can't start says why in one sentence.</summary>
[Collection(PostgresBackend.Name)]
public sealed class StartFailureTests(PostgresBackend backend)
{
    [Fact]
    public async Task Silo_DatabaseUnreachable_SaysSo() =>
        await Fails(typeof(SiloProgram), $"Host=127.0.0.1;Port={ProgramProcess.FreePort()};Database=x;Username=x", "The database can't be reached");

    [Fact]
    public async Task Silo_WrongPassword_SaysSo() =>
        await Fails(typeof(SiloProgram), backend.Server.ConnectionString("lipsync", password: "wrong"), "The database refuses the login");

    [Fact]
    public async Task Silo_NoSuchDatabase_SaysSo() =>
        await Fails(typeof(SiloProgram), backend.Server.ConnectionString("lipsync", "nowhere"), "The database server has no such database");

    [Fact]
    public async Task Silo_NoSchema_SaysWhatToDo() =>
        await Fails(typeof(SiloProgram), backend.Server.ConnectionString("lipsync", await backend.Server.CreateDatabase()), "deploy/sql/migrate");

    [Fact]
    public async Task Silo_NoConnectionString_SaysSo() =>
        await Fails(typeof(SiloProgram), "", "LipSync:Database:ConnectionString");

    [Fact]
    public async Task Silo_UnknownRole_NamesTheRoles() =>
        await Fails(typeof(SiloProgram), "", "All, Control, Gpu", role: "Other");

    [Fact]
    public async Task Gateway_WrongPassword_SaysSo() =>
        await Fails(typeof(GatewayProgram), backend.Server.ConnectionString("lipsync", password: "wrong"), "The database refuses the login");

    [Fact]
    public async Task Gateway_NoSchema_SaysWhatToDo() =>
        await Fails(typeof(GatewayProgram), backend.Server.ConnectionString("lipsync", await backend.Server.CreateDatabase()), "deploy/sql/migrate");

    [Fact]
    public async Task Gateway_NoConnectionString_SaysSo() =>
        await Fails(typeof(GatewayProgram), "nonsense", "LipSync:Database:ConnectionString");

    private static async Task Fails(Type program, string connectionString, string expected, string role = "Control")
    {
        var media = Directory.CreateTempSubdirectory("lipsync-failure-");
        await using var process = new ProgramProcess(program.Assembly.Location, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LipSync:Silo:Role"] = role,
            ["LipSync:Database:ConnectionString"] = connectionString,
            ["LipSync:Media:Folder"] = media.FullName,
            ["LipSync:Slots:ScratchFolder"] = media.FullName,
        });

        var (exitCode, errors) = await process.RunToItsEnd();

        media.Delete(recursive: true);
        Assert.Equal(1, exitCode);
        Assert.Contains(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
