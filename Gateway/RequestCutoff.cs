namespace LipSync.Gateway;

/// <summary>
/// From the moment the stop begins, a request has a few seconds left. The web server would wait for a slow upload until the whole
/// time for stopping is used up, and the jobs at work could no longer be handed back.
/// </summary>
public sealed class RequestCutoff(IHostApplicationLifetime lifetime, TimeProvider time) : IMiddleware
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        using var cutoff = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var stopping = lifetime.ApplicationStopping.Register(() => cutoff.CancelAfter(Grace));
        await using var abort = cutoff.Token.UnsafeRegister(static request => ((HttpContext)request!).Abort(), context);
        await next(context);
    }
}
