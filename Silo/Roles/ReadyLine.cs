namespace LipSync.Silo.Roles;

/// <summary>Prints the line that scripts and people wait for, once requests are served.</summary>
public sealed class ReadyLine(IHostApplicationLifetime lifetime, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Console.WriteLine($"LipSync ready at {configuration["URLS"] ?? "http://localhost:5000"}"));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
