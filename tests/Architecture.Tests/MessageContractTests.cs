using System.Reflection;
using LipSync.Jobs;

namespace LipSync.Tests;

/// <summary>
/// Silos of two versions talk to each other, and records outlive the code that wrote them. So every type that travels or is
/// stored has a fixed alias, and every member a number.
/// </summary>
public class MessageContractTests
{
    private static readonly Assembly[] Contracts = [typeof(IJobGrain).Assembly, Assembly.Load("LipSync.Grains")];

    public static TheoryData<Type> Messages =>
        new(Contracts.SelectMany(a => a.GetTypes()).Where(t => t.GetCustomAttribute<GenerateSerializerAttribute>() is not null));

    public static TheoryData<Type> GrainInterfaces =>
        new(Contracts.SelectMany(a => a.GetTypes()).Where(t => t.IsInterface && t != typeof(IGrain) && t.IsAssignableTo(typeof(IAddressable))));

    public static TheoryData<Type> Grains =>
        new(Contracts.SelectMany(a => a.GetTypes()).Where(t => t.IsClass && !t.IsAbstract && t.IsAssignableTo(typeof(IGrainBase)) && IsOurs(t)));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_EveryOne_HasAnAlias(Type message) => Assert.NotNull(message.GetCustomAttribute<AliasAttribute>(inherit: false));

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_EachMember_HasAnIdOfItsOwn(Type message)
    {
        var members = message.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(HasBackingField).ToList();

        Assert.All(members, member => Assert.NotNull(member.GetCustomAttribute<IdAttribute>()));
        var ids = members.Select(p => p.GetCustomAttribute<IdAttribute>()!.Id).ToList();
        Assert.Equal(ids.Count, ids.ToHashSet().Count);
    }

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_ItselfAndEveryMethod_HasAnAlias(Type contract)
    {
        Assert.NotNull(contract.GetCustomAttribute<AliasAttribute>(inherit: false));
        Assert.All(contract.GetMethods(), method => Assert.NotNull(method.GetCustomAttribute<AliasAttribute>(inherit: false)));
    }

    [Theory]
    [MemberData(nameof(GrainInterfaces))]
    public void GrainInterface_WhatItCarries_IsAMessageOrASimpleType(Type contract)
    {
        var carried = contract.GetMethods()
            .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType))
            .SelectMany(Unwrap);

        Assert.DoesNotContain(carried, t => IsOurs(t) && !t.IsEnum && t.GetCustomAttribute<GenerateSerializerAttribute>() is null);
    }

    [Theory]
    [MemberData(nameof(Grains))]
    public void Grain_EveryOne_IsSealedAndHasAFixedType(Type grain)
    {
        Assert.True(grain.IsSealed);
        Assert.NotNull(grain.GetCustomAttribute<GrainTypeAttribute>());
    }

    [Fact]
    public void Aliases_OfAllTypes_AreDifferent()
    {
        var aliases = Contracts.SelectMany(a => a.GetTypes()).Where(IsOurs).Select(t => t.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias).OfType<string>().ToList();

        Assert.NotEmpty(aliases);
        Assert.Equal(aliases.Count, aliases.ToHashSet(StringComparer.Ordinal).Count);
    }

    // Generated proxies and codecs live in the same assemblies, below OrleansCodeGen.
    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("LipSync", StringComparison.Ordinal) == true;

    private static bool HasBackingField(PropertyInfo property) =>
        property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static IEnumerable<Type> Unwrap(Type type) => type.IsGenericType ? type.GetGenericArguments().SelectMany(Unwrap).Append(type) : [type];
}
