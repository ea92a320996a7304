using LipSync.Gateway.Cluster;
using LipSync.Gateway.Hosting;

namespace LipSync.Gateway;

/// <summary>The gateway on its own: HTTP before a cluster of silos.</summary>
public static class GatewayProgram
{
    /// <param name="configure">Changes or adds to what was composed, before it is built.</param>
    /// <returns>The exit code of the process.</returns>
    public static Task<int> Run(string[] args, Action<WebApplicationBuilder>? configure = null) => ServiceRun.Run(
        () =>
        {
            // Settings lie beside the program, whatever folder it is started from.
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
            builder.AddLoggingDefaults();
            builder.UseOrleansClient(static client => client.UsePostgresCluster());
            builder.AddLipSyncGateway();
            builder.Services.AddHostedService<StopNotice>();
            builder.Services.AddHostedService<ReadyLine>();
            configure?.Invoke(builder);

            var app = builder.Build();
            app.MapLipSync();
            return app;
        },
        StartFailure.Explain);
}
