namespace LipSync.Tests.Hosting;

/// <summary>Calls to a grain that get no answer, as where its silo stands still.</summary>
internal sealed class SilentCalls : IIncomingGrainCallFilter
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? silent;
    private volatile string? silentKey;
    private int fired;

    /// <summary>Calls that got no answer.</summary>
    public int Fired => Volatile.Read(ref fired);

    /// <summary>From now on calls of this method, <c>{Interface}.{Method}</c>, get no answer.</summary>
    /// <param name="key">Only where the grain has this key; null: all.</param>
    public void Begin(string method, string? key = null) => (silentKey, silent) = (key, method);

    /// <summary>All go on.</summary>
    public void End()
    {
        silent = null;
        ended.TrySetResult();
    }

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if ($"{context.InterfaceMethod.DeclaringType!.Name}.{context.MethodName}" == silent
            && (silentKey is null || context.TargetId.Key.ToString() == silentKey))
        {
            Interlocked.Increment(ref fired);
            await ended.Task;
        }

        await context.Invoke();
    }
}
