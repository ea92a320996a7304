using System.Collections.Concurrent;

namespace LipSync.Tests.Hosting;

/// <summary>Grain calls that go wrong where a test asks for it.</summary>
internal sealed class CallFaults : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, (int Times, bool AfterCall)> faults = new(StringComparer.Ordinal);
    private (string Key, TaskCompletionSource Thawed)? frozen;
    private int fired;

    /// <summary>Faults that fired.</summary>
    public int Fired => Volatile.Read(ref fired);

    /// <summary>Lets the grain of this key answer nothing until <see cref="Thaw"/>.</summary>
    public void Freeze(string key) => frozen = (key, new());

    public void Thaw() => frozen?.Thawed.SetResult();

    /// <summary>Lets the next calls of a method fail, before they reach their grain or with their answers lost.</summary>
    public void Fail(string method, int times, bool afterCall = false) => faults[method] = (times, afterCall);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (frozen is { Thawed.Task.IsCompleted: false } still && context.TargetId.Key.ToString() == still.Key)
        {
            Interlocked.Increment(ref fired);
            await still.Thawed.Task;
        }

        var fault = Take(context.MethodName);
        if (fault is not { AfterCall: false })
        {
            await context.Invoke();
        }

        if (fault is not null)
        {
            Interlocked.Increment(ref fired);
            throw new TimeoutException("The test's silo does not answer.");
        }
    }

    private (int Times, bool AfterCall)? Take(string method)
    {
        while (faults.TryGetValue(method, out var fault) && fault.Times > 0)
        {
            if (faults.TryUpdate(method, fault with { Times = fault.Times - 1 }, fault))
            {
                return fault;
            }
        }

        return null;
    }
}
