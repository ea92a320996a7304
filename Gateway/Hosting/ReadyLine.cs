using LipSync.Gateway.Health;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LipSync.Gateway.Hosting;

/// <summary>Prints the line that scripts and people wait for, once requests are served and everything behind them answers.</summary>
public sealed class ReadyLine(IHostApplicationLifetime lifetime, IServer server, HealthCheckService health, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        while (!await health.IsReady(stoppingToken))
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }

        // What is bound rather than what was asked for: port 0 means any.
        Console.WriteLine($"LipSync ready at {string.Join(';', server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses)}");
    }

    private async Task Started(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
    }
}
