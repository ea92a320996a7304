using LipSync.Gateway;
using LipSync.Gateway.Health;
using LipSync.Gateway.Hosting;
using LipSync.Silo.Roles;
using LipSync.Silo.Storage.Postgres;

namespace LipSync.Silo;

/// <summary>A silo, in the role that its configuration names; or, with the verb <c>migrate</c>, one run over the cluster's database.</summary>
public static class SiloProgram
{
    /// <param name="configure">Changes or adds to what was composed, before it is built.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> Run(string[] args, Action<WebApplicationBuilder>? configure = null) => args is [MigrateCommand.Verb, .. var settings]
        ? MigrateCommand.Run(settings)
        : ServiceRun.Run(() => Compose(args, configure), SiloFailure.Explain);

    private static WebApplication Compose(string[] args, Action<WebApplicationBuilder>? configure)
    {
        // Settings lie beside the program, whatever folder it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddLoggingDefaults();
        var role = builder.Configuration.ReadSiloRole();
        Action<WebApplicationBuilder> add = role switch
        {
            SiloRole.All => AllRole.AddAllRole,
            SiloRole.Control => ControlRole.AddControlRole,
            SiloRole.Gpu => GpuRole.AddGpuRole,
            _ => throw new InvalidOperationException($"Nobody composes the role {role}."),
        };
        add(builder);
        configure?.Invoke(builder);

        var app = builder.Build();
        if (role is SiloRole.All)
        {
            app.MapLipSync();
        }
        else
        {
            app.MapHealth();
        }

        return app;
    }
}
