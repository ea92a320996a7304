using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace LipSync.Tests.Security;

/// <summary>Two gateways before one cluster.</summary>
[Collection(GatewayCollection.Name)]
public sealed class KeyRingTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Unprotect_OfWhatAnotherGatewayProtected_GivesItBack()
    {
        await using var first = await gateway.StartGateway(gateway.NewFolder());
        await using var second = await gateway.StartGateway(gateway.NewFolder());
        var one = first.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("session");
        var other = second.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("session");

        Assert.Equal("who I am", other.Unprotect(one.Protect("who I am")));
        Assert.Equal("who I was", one.Unprotect(other.Protect("who I was")));
    }
}
