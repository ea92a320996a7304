using System.Reflection;

namespace LipSync.Tests.Faults;

/// <summary>The calls of a service as fault points; the service itself does the work.</summary>
public class FaultyService<TService> : DispatchProxy
    where TService : class
{
    private static readonly MethodInfo Typed =
        typeof(FaultyService<TService>).GetMethod(nameof(FinishTyped), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private TService inner = null!;
    private FaultPoint point = null!;

    /// <summary>Puts itself before the registered service; a process that has none stays without.</summary>
    public static void Decorate(IServiceCollection services, FaultPoint point)
    {
        if (services.LastOrDefault(service => service.ServiceType == typeof(TService) && !service.IsKeyedService) is not { } registered)
        {
            return;
        }

        services.AddSingleton(provider =>
        {
            var service = Create<TService, FaultyService<TService>>();
            var proxy = (FaultyService<TService>)(object)service;
            proxy.point = point;
            proxy.inner = (TService)(registered.ImplementationInstance
                ?? registered.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!));
            return service;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var call = $"{typeof(TService).Name}.{targetMethod!.Name}";
        var detail = FaultPoint.Detail(args ?? []);
        point.Before(call, detail);
        var result = targetMethod.Invoke(inner, args);
        return result switch
        {
            Task when targetMethod.ReturnType.IsGenericType =>
                Typed.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(this, [result, call, detail]),
            Task task => Finish(task, call, detail),
            _ => result,
        };
    }

    private async Task Finish(Task task, string call, string detail)
    {
        await task;
        point.After(call, detail);
    }

    private async Task<T> FinishTyped<T>(Task<T> task, string call, string detail)
    {
        var result = await task;
        point.After(call, detail);
        return result;
    }
}
