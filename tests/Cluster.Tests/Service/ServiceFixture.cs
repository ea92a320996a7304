using System.Net;
using Dapper;
using LipSync.Silo.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace LipSync.Tests.Service;

/// <summary>One running service, and a web server with test media that it is allowed to fetch from.</summary>
public sealed class ServiceFixture : IAsyncLifetime
{
    private WebApplication? web;

    public TestMedia Media { get; } = new();

    public ServiceProcess Service { get; private set; } = null!;

    /// <summary>The web server's address, with a closing slash.</summary>
    public Uri WebUrl { get; private set; } = null!;

    public Uri WebUrlOf(string path) => new(WebUrl, Path.GetFileName(path));

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        web = builder.Build();
        web.Urls.Add($"http://{IPAddress.Loopback}:0");
        web.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Media.Folder), ServeUnknownFileTypes = true });
        await web.StartAsync();
        var address = web.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        WebUrl = new Uri(address + "/");

        Service = new ServiceProcess(new(StringComparer.Ordinal) { ["LipSync:Fetch:AllowedPrivateHosts:0"] = WebUrl.Authority });
        await Service.Start();
    }

    /// <summary>The account's available credits: the sum of its ledger.</summary>
    public static async Task<long> Credits(ServiceProcess service)
    {
        await using var connection = new SqliteDatabase(Path.Combine(service.Data, "lipsync.db")).Open();
        return await connection.ExecuteScalarAsync<long>("SELECT sum(amount) FROM ledger_entries WHERE account_id = 'dev'");
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        await web!.DisposeAsync();
        Media.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class ServiceCollectionDefinition : ICollectionFixture<ServiceFixture>
{
    public const string Name = "service";
}
