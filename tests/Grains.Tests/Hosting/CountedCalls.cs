using System.Collections.Concurrent;

namespace LipSync.Tests.Hosting;

/// <summary>Counts the calls that arrive, by method and by the grain's key.</summary>
internal sealed class CountedCalls : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Method, string Key), int> counts = new();

    public int Count(string method, string key) => counts.GetValueOrDefault((method, key));

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var method = $"{context.InterfaceMethod.DeclaringType!.Name}.{context.MethodName}";
        counts.AddOrUpdate((method, context.TargetId.Key.ToString()!), 1, (_, count) => count + 1);
        return context.Invoke();
    }
}
