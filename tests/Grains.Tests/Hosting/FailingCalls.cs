using System.Collections.Concurrent;

namespace LipSync.Tests.Hosting;

/// <summary>Grain calls that fail where a test asks for it, before they reach their grain or with their answers lost.</summary>
internal sealed class FailingCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, (int Times, bool AfterCall)> faults = new(StringComparer.Ordinal);
    private int fired;

    /// <summary>Calls that failed.</summary>
    public int Fired => Volatile.Read(ref fired);

    /// <summary>Lets the next calls of a method fail, in the order in which they arrive.</summary>
    public void Fail(string method, int times, bool afterCall = false) => faults[method] = (times, afterCall);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var fault = Take($"{context.InterfaceMethod.DeclaringType!.Name}.{context.MethodName}");
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
