using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Health;

public static class HealthHosting
{
    private const string Ready = "ready";

    private static readonly string[] ReadyTags = [Ready];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddApiHealth(this IServiceCollection services)
    {
        services.AddHealthChecks()
            .AddCheck<ClusterHealthCheck>("cluster", HealthStatus.Unhealthy, ReadyTags, Patience)
            .AddCheck<MediaStoreHealthCheck>("media", HealthStatus.Unhealthy, ReadyTags, Patience);
        return services;
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work.</summary>
    public static void MapApiHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = static _ => false, ResponseWriter = Write });
        routes.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = static check => check.Tags.Contains(Ready), ResponseWriter = Write });
    }

    /// <summary>States only: reasons may name internal addresses and go to the log.</summary>
    private static Task Write(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(Word(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Word(entry.Value.Status), StringComparer.Ordinal)),
        context.RequestAborted);

    private static string Word(HealthStatus status) => status == HealthStatus.Healthy ? "healthy" : "unhealthy";

    private sealed record HealthAnswer(string Status, Dictionary<string, string> Checks);
}
