namespace LipSync.Gateway;

/// <summary>
/// Cuts off requests that still run a few seconds after the stop began. The web server would wait for a slow upload until the whole
/// time for stopping is used up, and the jobs at work could no longer be handed back.
/// </summary>
public sealed class RequestCutoff : IMiddleware, IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource cutoff = new();
    private readonly CancellationTokenRegistration stopping;

    public RequestCutoff(IHostApplicationLifetime lifetime) =>
        stopping = lifetime.ApplicationStopping.Register(() => cutoff.CancelAfter(Grace));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var registration = cutoff.Token.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        await next(context);
    }

    public void Dispose()
    {
        stopping.Dispose();
        cutoff.Dispose();
    }
}
