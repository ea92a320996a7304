using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Silo.Roles;
using LipSync.Slots.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace LipSync.Tests.Roles;

/// <summary>Which grains a silo tells the cluster that it hosts. None of these silos is started.</summary>
public sealed class HostedGrainsTests
{
    [Fact]
    public async Task Gpu_OfOurGrains_HostsSlotsAndNothingThatKeepsState()
    {
        await using var app = Build(GpuRole.AddGpuRole);

        var classes = app.Services.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes;

        Assert.Contains(typeof(InferenceGrain), classes);
        Assert.Contains(typeof(WorkerGrain), classes);
        Assert.DoesNotContain(typeof(JobGrain), classes);
        Assert.DoesNotContain(typeof(AccountGrain), classes);
        Assert.Equal(0, app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.GatewayPort);
    }

    [Fact]
    public async Task Control_OfOurGrains_HostsAll()
    {
        await using var app = Build(ControlRole.AddControlRole);

        var classes = app.Services.GetRequiredService<IOptions<GrainTypeOptions>>().Value.Classes;

        Assert.Contains(typeof(JobGrain), classes);
        Assert.Contains(typeof(AccountGrain), classes);
        Assert.Contains(typeof(InferenceGrain), classes);
        Assert.Contains(typeof(WorkerGrain), classes);
        Assert.Equal(30000, app.Services.GetRequiredService<IOptions<EndpointOptions>>().Value.GatewayPort);
    }

    private static WebApplication Build(Action<WebApplicationBuilder> addRole)
    {
        var builder = WebApplication.CreateSlimBuilder();
        addRole(builder);
        return builder.Build();
    }
}
