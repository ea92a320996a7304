namespace LipSync.Gateway.Hosting;

/// <summary>
/// A process of a cluster that is told to stop says "not ready" for a moment before it closes its port, so that a load balancer
/// takes it out of rotation instead of running into refused connections.
/// </summary>
public sealed class StopNotice(TimeProvider time) : IHostedLifecycleService
{
    private static readonly TimeSpan Notice = TimeSpan.FromSeconds(2);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Before the stop of any service, the web server's above all.
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(Notice, time, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
