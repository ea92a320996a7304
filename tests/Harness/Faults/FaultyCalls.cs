namespace LipSync.Tests.Faults;

/// <summary>Calls between grains, and of clients to grains, as fault points. A call that answers nothing, such as an idle long poll, has no "after".</summary>
public sealed class FaultyCalls(FaultPoint point) : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var call = $"{context.InterfaceMethod.DeclaringType!.Name}.{context.MethodName}";
        if (!point.Watches(call))
        {
            await context.Invoke();
            return;
        }

        // Before the call: afterwards its arguments are gone.
        var detail = FaultPoint.Detail(Enumerable.Range(0, context.Request.GetArgumentCount()).Select(context.Request.GetArgument).Prepend(context.TargetId));
        point.Before(call, detail);
        await context.Invoke();
        if (context.InterfaceMethod.ReturnType == typeof(Task) || context.Result is not null)
        {
            point.After(call, detail);
        }
    }
}
