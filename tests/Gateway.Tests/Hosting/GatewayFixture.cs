using LipSync.Gateway;
using LipSync.Gateway.Errors;
using LipSync.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;

namespace LipSync.Tests.Hosting;

/// <summary>The gateway on a real server and port (its limits and parsing are part of what is tested), before an Orleans cluster of stand-ins.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-gateway-").FullName;
    private readonly string others = Directory.CreateTempSubdirectory("lipsync-gateways-").FullName;
    private InProcessTestCluster? cluster;
    private WebApplication? app;

    public World World { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public LogRecorder Logs { get; } = new();

    public Uri Url => new(app!.Urls.Single());

    public IMediaStore Store => app!.Services.GetRequiredService<IMediaStore>();

    /// <summary>Every route of the service.</summary>
    public IEnumerable<Endpoint> Endpoints => app!.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Files of the store, as keys; unfinished ones included.</summary>
    public IEnumerable<string> StoredFiles => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file));

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) => silo.Services.AddSingleton(World).AddMachineExceptions());
        builder.ConfigureClient(client => client.Services.AddMachineExceptions());
        cluster = builder.Build();
        await cluster.DeployAsync();
        app = await StartGateway(folder);
    }

    public async Task DisposeAsync()
    {
        await app!.DisposeAsync();
        await cluster!.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(others, recursive: true);
    }

    /// <summary>An empty folder for a gateway of a test's own.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(others, Guid.NewGuid().ToString("N"))).FullName;

    /// <summary>Another gateway before the same cluster, with a folder and settings of its own.</summary>
    public async Task<WebApplication> StartGateway(string folder, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["LipSync:Media:Folder"] = folder;

        // All tests come from one address, and the clock stands still.
        builder.Configuration["LipSync:AddressLimits:BadCredentials"] = "100000";
        builder.Configuration["LipSync:AddressLimits:SignUps"] = "100000";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IGrainFactory>(cluster!.Client);
        builder.AddLipSyncGateway();
        var gateway = builder.Build();
        gateway.MapLipSync();
        await gateway.StartAsync();
        return gateway;
    }

    /// <summary>A client that shows the key of a fresh account.</summary>
    public HttpClient NewClient(out TestAccount account)
    {
        account = World.NewAccount();
        return NewClient(account);
    }

    public HttpClient NewClient(TestAccount account)
    {
        var client = NewAnonymousClient();
        client.DefaultRequestHeaders.Add("X-API-Key", account.Key);
        return client;
    }

    public HttpClient NewAnonymousClient() => new() { BaseAddress = Url };
}

/// <summary>Tests beside which no others run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection : ICollectionFixture<GatewayFixture>
{
    public const string Name = "Alone";
}

[CollectionDefinition(Name)]
public sealed class GatewayCollection : ICollectionFixture<GatewayFixture>
{
    public const string Name = "Gateway";
}
