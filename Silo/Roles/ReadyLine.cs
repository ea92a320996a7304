using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LipSync.Silo.Roles;

/// <summary>Prints the line that scripts and people wait for, once requests are served.</summary>
public sealed class ReadyLine(IHostApplicationLifetime lifetime, IServer server) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Print);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // What is bound rather than what was asked for: port 0 means any.
    private void Print() =>
        Console.WriteLine($"LipSync ready at {string.Join(';', server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses)}");
}
