using System.ComponentModel.DataAnnotations;
using LipSync.Slots;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Slots;

public sealed class SlotOptionsTests
{
    [Fact]
    public async Task Heartbeat_LongerThanAThirdOfALease_KeepsTheServiceFromStarting()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => TestSilo.Start(withSlots: true, settings: new()
        {
            ["LipSync:Slots:Heartbeat"] = "00:00:10",
            ["LipSync:Dispatch:LeaseDuration"] = "00:00:29",
        }));
        Assert.Contains("LipSync:Slots:Heartbeat must be at most a third of LipSync:Dispatch:LeaseDuration", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..", false)]
    [InlineData(".", false)]
    [InlineData("/x", false)]
    [InlineData("a/../..", false)]
    [InlineData("", false)]
    [InlineData("gpu-host_2.example.org", true)]
    public void Worker_ThatCouldLeaveTheScratchFolder_IsRefused(string worker, bool valid)
    {
        var options = new SlotOptions { Worker = worker };
        Assert.Equal(valid, Validator.TryValidateObject(options, new(options), validationResults: null, validateAllProperties: true));
    }
}
