using LipSync.Gateway.Admin;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Health;
using LipSync.Gateway.Jobs;
using LipSync.Gateway.Jobs.Events;
using LipSync.Gateway.Jobs.Lists;
using LipSync.Gateway.Json;
using LipSync.Gateway.Lipsync;
using LipSync.Gateway.Media;
using LipSync.Gateway.OpenApi;
using LipSync.Gateway.Preflights;
using LipSync.Gateway.Reports;
using LipSync.Gateway.Security;
using LipSync.Gateway.Storage;
using LipSync.Gateway.Users;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway;

public static class GatewayHosting
{
    /// <summary>JSON is small; uploads raise the limit to their plan's.</summary>
    private const int LargestJsonBytes = 64 * 1024;

    /// <summary>Adds what <see cref="GatewayRoutes.MapLipSync"/> needs. The host brings the Orleans client: its own, or a silo's.</summary>
    public static IHostApplicationBuilder AddLipSyncGateway(this IHostApplicationBuilder builder)
    {
        builder.AddMediaStore();
        var services = builder.Services;
        services.AddOptions<GatewayOptions>()
            .BindConfiguration(GatewayOptions.Section)
            .Validate(static options => options.IsValid(), "LipSync:PublicUrl must be an http(s) URL, LipSync:TrustedProxies a list of networks.")
            .ValidateOnStart();
        services.Configure<KestrelServerOptions>(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestJsonBytes;
        });
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<GatewayOptions>>(TrustProxies);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<RequestCutoff>();
        services.AddSingleton<MediaLinks>();
        services.AddSingleton<MediaReferences>();
        services.AddSingleton<GenerateValidator>();
        services.AddSingleton<JobSubmission>();
        services.AddSingleton<JobWithdrawals>();
        services.AddHostedService(static provider => provider.GetRequiredService<JobWithdrawals>());
        services.AddSingleton<ReviewReader>();
        services.AddSingleton<StatusAnswers>();
        services.AddSingleton<JobLists>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<JobEvents>();
        services.AddSingleton<PreflightWait>();
        services.AddSingleton<PreflightAnswers>();
        services.AddApiErrors().AddApiJson().AddApiSecurity().AddApiHealth().AddApiDescription().AddUsers().AddAdmin();
        return builder;
    }

    private static void TrustProxies(ForwardedHeadersOptions headers, IOptions<GatewayOptions> gateway)
    {
        headers.KnownProxies.Clear();
        headers.KnownIPNetworks.Clear();
        foreach (var network in gateway.Value.TrustedProxies)
        {
            headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
        }

        // With no known proxy at all the middleware would believe everybody.
        headers.ForwardedHeaders = gateway.Value.TrustedProxies.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost;
    }
}
