using System.Collections.Immutable;

namespace LipSync.Slots;

/// <summary>
/// Who is in the cluster, as the silo that is asked has heard: it answers from memory, whoever else is away. Its key
/// may be any; a client reaches different keys through different silos.
/// </summary>
[Alias("LipSync.IMembersGrain")]
public interface IMembersGrain : IGrainWithIntegerKey
{
    /// <summary>All silos that are not dead, by worker; of several with one name the youngest, because the others are about to be declared dead.</summary>
    [Alias("List")]
    Task<ImmutableArray<MemberView>> List();
}

/// <param name="Worker">Its worker id (<c>LipSync:Slots:Worker</c>).</param>
/// <param name="Silo">Its address in the cluster.</param>
/// <param name="Draining">Whether it has begun to leave the cluster.</param>
[GenerateSerializer, Immutable, Alias("LipSync.MemberView")]
public sealed record MemberView(
    [property: Id(0)] string Worker,
    [property: Id(1)] string Silo,
    [property: Id(2)] bool Draining);
