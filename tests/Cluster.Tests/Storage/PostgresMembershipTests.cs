using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace LipSync.Tests.Storage;

/// <summary>Orleans' membership on our own SQL.</summary>
[Collection(PostgresBackend.Name)]
public sealed class PostgresMembershipTests(PostgresBackend backend) : IAsyncLifetime
{
    private static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    // A cluster of its own for every test.
    private readonly AdoNetClusteringTable members = ActivatorUtilities.CreateInstance<AdoNetClusteringTable>(
        backend.Services, Options.Create(new ClusterOptions { ClusterId = Guid.NewGuid().ToString("N") }));

    public Task InitializeAsync() => members.InitializeMembershipTableAsync(true);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task ReadAll_OfANewCluster_IsEmptyAtVersionZero()
    {
        await members.InitializeMembershipTableAsync(true);

        var table = await members.ReadAllAsync();

        Assert.Empty(table.Members);
        Assert.Equal(0, table.Version.Version);
    }

    [Fact]
    public async Task Insert_ThenRead_ReturnsTheMemberAndRaisesTheVersion()
    {
        var member = Member(1);

        Assert.True(await Insert(member));

        var table = await members.ReadRowAsync(member.SiloAddress);
        var read = Assert.Single(table.Members).Item1;
        Assert.Equal(1, table.Version.Version);
        Assert.Equal(
            (member.SiloAddress, member.SiloName, member.HostName, member.Status, member.ProxyPort, member.StartTime, member.IAmAliveTime),
            (read.SiloAddress, read.SiloName, read.HostName, read.Status, read.ProxyPort, read.StartTime, read.IAmAliveTime));
    }

    [Fact]
    public async Task Insert_OfAMemberThatIsThere_IsRefusedAndKeepsTheVersion()
    {
        await Insert(Member(1));

        Assert.False(await Insert(Member(1)));

        Assert.Equal(1, (await members.ReadAllAsync()).Version.Version);
    }

    [Fact]
    public async Task Insert_ByManyAtOnceOverTheSameVersion_SucceedsForOne()
    {
        var version = (await members.ReadAllAsync()).Version.Next();

        var inserted = await Task.WhenAll(Enumerable.Range(1, 16).Select(port => members.InsertRowAsync(Member(port), version)));

        Assert.Equal(1, inserted.Count(one => one));
        Assert.Single((await members.ReadAllAsync()).Members);
    }

    [Fact]
    public async Task Update_OverTheCurrentVersion_ChangesTheMember()
    {
        var member = Member(1);
        await Insert(member);
        var table = await members.ReadAllAsync();
        member.Status = SiloStatus.Dead;
        member.SuspectTimes = [Tuple.Create(Member(2).SiloAddress, Now)];

        Assert.True(await members.UpdateRowAsync(member, table.Members[0].Item2, table.Version.Next()));
        Assert.False(await members.UpdateRowAsync(member, table.Members[0].Item2, table.Version.Next()));

        var read = Assert.Single((await members.ReadAllAsync()).Members).Item1;
        Assert.Equal(SiloStatus.Dead, read.Status);
        Assert.Equal(member.SuspectTimes, read.SuspectTimes);
    }

    [Fact]
    public async Task UpdateIAmAlive_OfAMember_ChangesItsTimeOnly()
    {
        var member = Member(1);
        await Insert(member);
        member.IAmAliveTime = Now + TimeSpan.FromMinutes(1);

        await members.UpdateIAmAliveAsync(member);

        var table = await members.ReadAllAsync();
        Assert.Equal(member.IAmAliveTime, Assert.Single(table.Members).Item1.IAmAliveTime);
        Assert.Equal(1, table.Version.Version);
    }

    [Fact]
    public async Task Cleanup_OfOldMembers_RemovesTheDeadOnly()
    {
        await Insert(Member(1));
        await Insert(Member(2, SiloStatus.Dead));

        await members.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Now + TimeSpan.FromDays(7)));

        Assert.Equal(SiloStatus.Active, Assert.Single((await members.ReadAllAsync()).Members).Item1.Status);
    }

    [Fact]
    public async Task Delete_OfTheCluster_ForgetsItWhole()
    {
        var cluster = Guid.NewGuid().ToString("N");
        var doomed = ActivatorUtilities.CreateInstance<AdoNetClusteringTable>(backend.Services, Options.Create(new ClusterOptions { ClusterId = cluster }));
        await doomed.InitializeMembershipTableAsync(true);
        await doomed.InsertRowAsync(Member(1), (await doomed.ReadAllAsync()).Version.Next());

        await doomed.DeleteMembershipTableEntriesAsync(cluster);

        await doomed.InitializeMembershipTableAsync(true);
        Assert.Empty((await doomed.ReadAllAsync()).Members);
    }

    private async Task<bool> Insert(MembershipEntry member) => await members.InsertRowAsync(member, (await members.ReadAllAsync()).Version.Next());

    private static MembershipEntry Member(int port, SiloStatus status = SiloStatus.Active) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 7),
        SiloName = $"silo-{port}",
        HostName = "here",
        Status = status,
        ProxyPort = 30000 + port,
        StartTime = Now,
        IAmAliveTime = Now,
    };
}
