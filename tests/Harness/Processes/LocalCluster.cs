using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Dapper;
using LipSync.Tests.Faults;
using LipSync.Tests.Postgres;
using Npgsql;

namespace LipSync.Tests.Processes;

/// <summary>A whole cluster on this machine: PostgreSQL, gateways, control and GPU silos as processes of their own, media in a temporary folder.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
    public const string Account = "dev";
    public const long Credits = 100_000;

    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-cluster-").FullName;
    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private readonly List<ProgramProcess> programs = [];
    private readonly ConcurrentDictionary<string, bool> accepted = new(StringComparer.Ordinal);
    private readonly ClusterShape shape;

    private LocalCluster(ClusterShape shape, PostgresServer postgres)
    {
        this.shape = shape;
        Postgres = postgres;
    }

    public PostgresServer Postgres { get; }

    public string Database { get; private set; } = "";

    /// <summary>Between the service and its database; null where the shape asks for none.</summary>
    public CuttingProxy? Proxy { get; private set; }

    /// <summary>The folder store's folder.</summary>
    public string Media => Path.Combine(folder, "media");

    public ProgramProcess Gateway => Named("gateway-1");

    /// <summary>A client of the gateways with the key of <see cref="Account"/>: where one is gone it goes to the next.</summary>
    public ServiceClient Client { get; private set; } = null!;

    public string Key { get; private set; } = "";

    /// <summary>Jobs that were accepted through <see cref="SubmitOnce"/>.</summary>
    public IReadOnlyCollection<string> Accepted => [.. accepted.Keys];

    public string AdminKey { get; } = Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    /// <param name="fault">For each process by its name: the fault that is put into it.</param>
    public static async Task<LocalCluster> Start(ClusterShape shape, IReadOnlyDictionary<string, string>? fault = null)
    {
        var cluster = new LocalCluster(shape, await PostgresServer.Start(shape.DurableDatabase));
        try
        {
            await cluster.StartAll(fault ?? new Dictionary<string, string>(StringComparer.Ordinal));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>One of <c>gateway-1</c>, <c>control-1</c>, <c>gpu-1</c>, …</summary>
    public ProgramProcess Named(string name) => programs.Single(program => program.Name == name);

    /// <summary>What a process noted when its fault killed it; null: it did not.</summary>
    public string? FaultNote(string name) => File.Exists(NoteOf(name)) ? File.ReadAllText(NoteOf(name)) : null;

    /// <summary>Lets a process that already died at a fault die at the next one that it is started with.</summary>
    public void ForgetFault(string name) => File.Delete(NoteOf(name));

    /// <summary>Adds a process; it is not started yet.</summary>
    /// <param name="kind"><c>gateway</c>, <c>control</c> or <c>gpu</c>.</param>
    public ProgramProcess Add(string kind, params (string Name, string Value)[] more)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{programs.Count(program => program.Name.StartsWith(kind, StringComparison.Ordinal)) + 1}");
        var own = new Dictionary<string, string>(settings, StringComparer.Ordinal)
        {
            ["LipSync:Silo:Role"] = kind,
            ["LipSync:Slots:Worker"] = name,
            ["LipSync:Cluster:SiloPort"] = Port(),
            ["LipSync:Cluster:GatewayPort"] = Port(),
            ["LIPSYNC_FAULT_NOTE"] = NoteOf(name),
        };
        foreach (var (setting, value) in more)
        {
            own[setting] = value;
        }

        programs.Add(ProgramProcess.WithDoubles(name, kind is "gateway" ? "gateway" : "silo", own));
        return programs[^1];
    }

    /// <summary>Adds a process and starts it.</summary>
    public async Task<ProgramProcess> StartNew(string kind)
    {
        var program = Add(kind);
        await program.Start();
        return program;
    }

    /// <summary>A speech of the <see cref="SleepingEngine"/>.</summary>
    public Task<string> UploadSpeech(double seconds, string words = "speech") =>
        Client.Upload(new MemoryStream(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{words} {seconds}"))));

    /// <summary>Submits a job of the sleeping engine under a key, so that it is submitted once however often it is tried.</summary>
    public async Task<string> SubmitOnce(object request, string? idempotencyKey = null)
    {
        var key = idempotencyKey ?? Guid.NewGuid().ToString("N");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var poll = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (true)
        {
            try
            {
                using var response = await Client.Post("/api/v1/lipsync/generate", request, ("Idempotency-Key", key));

                // The gateway of an earlier try may have died without giving up the key.
                var isInFlight = response.StatusCode is HttpStatusCode.Conflict && response.Headers.RetryAfter is not null;
                if (!isInFlight && response.StatusCode is not HttpStatusCode.ServiceUnavailable)
                {
                    var jobId = (await ServiceClient.Data(response)).GetProperty("jobId").GetString()!;
                    accepted[jobId] = true;
                    return jobId;
                }
            }
            catch (HttpRequestException)
            {
                // The gateway died, and somebody starts it again.
            }

            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Opens an account with <see cref="Credits"/> and answers its key.</summary>
    public async Task<string> CreateAccount(string accountId)
    {
        using var response = await Client.Post("/api/v1/admin/accounts", new { accountId, plan = "pro", credits = Credits }, ("X-Admin-Key", AdminKey));
        return (await ServiceClient.Data(response)).GetProperty("key").GetString()!;
    }

    public async Task<T> Query<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(Postgres.ConnectionString("postgres", Database));
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        foreach (var program in programs)
        {
            await program.DisposeAsync();
        }

        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAll(IReadOnlyDictionary<string, string> faults)
    {
        Database = await Postgres.CreateDatabase();
        var connection = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString("lipsync", Database));
        if (shape.CuttingProxy)
        {
            Proxy = new(connection.Port);
            connection.Port = Proxy.Port;
            connection.MaxAutoPrepare = 0; // every statement carries its text
        }

        settings["LipSync:Database:ConnectionString"] = connection.ToString();
        settings["LipSync:Database:MigrationConnectionString"] = Postgres.ConnectionString("lipsync_owner", Database);
        settings["LipSync:Cluster:AdvertisedAddress"] = "127.0.0.1";
        settings["LipSync:Media:Folder"] = Media;
        settings["LipSync:Slots:ScratchFolder"] = Path.Combine(folder, "scratch");
        settings["LipSync:Slots:CpuSlots"] = shape.Slots.ToString(CultureInfo.InvariantCulture);
        settings["LipSync:Admin:Key"] = AdminKey;
        if (shape.FrameMilliseconds is { } milliseconds)
        {
            settings["LIPSYNC_SLEEPING_ENGINE"] = milliseconds.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in shape.Settings)
        {
            settings[name] = value;
        }

        // Silos of an empty cluster that start at once wait for each other; one by one they are there sooner.
        foreach (var (kind, count) in new[] { ("control", shape.Controls), ("gpu", shape.Gpus), ("gateway", shape.Gateways) })
        {
            var added = Enumerable.Range(0, count).Select(_ => Add(kind)).ToList();
            await Task.WhenAll(added.Select(program => program.Start(("LIPSYNC_FAULT", faults.GetValueOrDefault(program.Name, "")))));
        }

        if (shape.Gateways == 0)
        {
            return;
        }

        Client = new([.. programs.Where(program => program.Name.StartsWith("gateway", StringComparison.Ordinal)).Select(program => program.Url)]);
        Client.Authenticate(Key = await CreateAccount(Account));
    }

    private string NoteOf(string name) => Path.Combine(folder, $"{name}.fault");

    private static string Port() => ProgramProcess.FreePort().ToString(CultureInfo.InvariantCulture);
}
