namespace LipSync.Gateway.Hosting;

/// <summary>A process of the service, from its start to its exit code.</summary>
public static class ServiceRun
{
    /// <summary>Runs until the process is told to stop. A failure that an operator can mend becomes one sentence and exit code 1.</summary>
    /// <param name="explain">The sentence for a failure; null: it is thrown.</param>
    public static async Task<int> Run(Func<WebApplication> build, Func<Exception, string?> explain)
    {
        var stopping = CancellationToken.None;
        try
        {
            var app = build();
            stopping = app.Lifetime.ApplicationStopping;
            await app.RunAsync();
            return 0;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 0; // told to stop while it was starting
        }
        catch (Exception exception) when (explain(exception) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }
}
