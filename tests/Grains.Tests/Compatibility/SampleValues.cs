using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace LipSync.Tests.Compatibility;

/// <summary>Makes one object of a message type with every member set, always the same.</summary>
internal static class SampleValues
{
    /// <summary>Types that travel or are stored.</summary>
    public static IEnumerable<Type> Messages => new[] { typeof(LipSync.Jobs.IJobGrain).Assembly, typeof(LipSync.Jobs.JobGrain).Assembly }
        .SelectMany(assembly => assembly.GetTypes())
        .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null && !type.IsAbstract)
        .OrderBy(AliasOf, StringComparer.Ordinal);

    public static string AliasOf(Type type) => type.GetCustomAttribute<AliasAttribute>(inherit: false)!.Alias;

    public static object Of(Type type, string name = "value")
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Of(inner, name);
        }

        if (Plain(type, name) is { } plain)
        {
            return plain;
        }

        if (type.IsGenericType && typeof(IEnumerable).IsAssignableFrom(type))
        {
            return Collection(type, name);
        }

        return type.IsAbstract ? Of(Messages.First(message => message.IsAssignableTo(type)), name) : Record(type);
    }

    /// <summary>Values that are not those of a new object; null: no plain type.</summary>
    private static object? Plain(Type type, string name) => type switch
    {
        _ when type == typeof(string) => name,
        _ when type == typeof(bool) => true,
        _ when type == typeof(int) => name.Length + 1,
        _ when type == typeof(long) => name.Length + 10_000_000_000,
        _ when type == typeof(double) => name.Length + 0.5,
        _ when type == typeof(byte[]) => new byte[] { 1, 2, (byte)name.Length },
        _ when type == typeof(TimeSpan) => TimeSpan.FromMilliseconds(name.Length),
        _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 1, 2, 3, 4, name.Length, TimeSpan.Zero),
        _ when type == typeof(DateOnly) => new DateOnly(2026, 1, name.Length),
        _ when type.IsEnum => Enum.GetValues(type).Cast<object>().Last(),
        _ => null,
    };

    private static object Collection(Type type, string name)
    {
        var arguments = type.GetGenericArguments();
        var items = arguments.Select(argument => Of(argument, name)).ToArray();
        var factory = type.GetGenericTypeDefinition() switch
        {
            var t when t == typeof(ImmutableArray<>) => typeof(ImmutableArray),
            var t when t == typeof(ImmutableHashSet<>) => typeof(ImmutableHashSet),
            var t when t == typeof(ImmutableQueue<>) => typeof(ImmutableQueue),
            var t when t == typeof(ImmutableDictionary<,>) => typeof(ImmutableDictionary),
            var t => throw new NotSupportedException($"Say here how a sample of {t} is made."),
        };
        if (factory == typeof(ImmutableDictionary))
        {
            var empty = type.GetField("Empty")!.GetValue(null)!;
            return type.GetMethod("Add", arguments)!.Invoke(empty, items)!;
        }

        return factory.GetMethods()
            .Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsGenericParameter: true }])
            .MakeGenericMethod(arguments).Invoke(obj: null, items)!;
    }

    private static object Record(Type type)
    {
        var constructor = type.GetConstructors().Where(candidate => !IsCopy(candidate, type)).MaxBy(candidate => candidate.GetParameters().Length);
        var sample = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, parameter.Name!))]);
        foreach (var member in type.GetProperties().Where(member => member.CanWrite && member.GetCustomAttribute<IdAttribute>() is not null))
        {
            member.SetValue(sample, Of(member.PropertyType, member.Name));
        }

        return sample;
    }

    private static bool IsCopy(ConstructorInfo constructor, Type type) =>
        constructor.GetParameters() is [{ ParameterType: var only }] && only == type;
}
