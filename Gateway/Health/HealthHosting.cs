using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

public static class HealthHosting
{
    private const string Ready = "ready";

    private static readonly string[] ReadyTags = [Ready];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static IServiceCollection AddApiHealth(this IServiceCollection services) => services
        .AddReadiness<RunningHealthCheck>("running")
        .AddReadiness<ClusterHealthCheck>("cluster")
        .AddReadiness<MediaStoreHealthCheck>("media");

    /// <summary>Adds something that must hold before the process is ready; a check that takes too long has failed.</summary>
    public static IServiceCollection AddReadiness<TCheck>(this IServiceCollection services, string name)
        where TCheck : class, IHealthCheck
    {
        services.AddHealthChecks().AddCheck<TCheck>(name, HealthStatus.Unhealthy, ReadyTags, Patience);
        return services;
    }

    public static async Task<bool> IsReady(this HealthCheckService health, CancellationToken cancellationToken) =>
        (await health.CheckHealthAsync(IsReadiness, cancellationToken)).Status == HealthStatus.Healthy;

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = Write });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = IsReadiness, ResponseWriter = Write });
    }

    private static bool IsReadiness(HealthCheckRegistration check) => check.Tags.Contains(Ready);

    /// <summary>States only: reasons may name internal addresses and go to the log.</summary>
    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status), StringComparer.Ordinal)),
        context.RequestAborted);

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "healthy" : "unhealthy";

    private sealed record HealthAnswer(string Status, Dictionary<string, string> Checks);
}
