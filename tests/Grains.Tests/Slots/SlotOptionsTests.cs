using System.ComponentModel.DataAnnotations;
using LipSync.Slots;

namespace LipSync.Tests.Slots;

public sealed class SlotOptionsTests
{
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
