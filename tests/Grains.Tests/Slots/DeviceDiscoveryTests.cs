using LipSync.Dispatch;
using LipSync.Slots;
using LipSync.Slots.Devices;
using LipSync.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Slots;

public sealed class DeviceDiscoveryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lipsync-test-").FullName;
    private readonly TestClock time = new(DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Find_TwoGpus_AreADeviceEach()
    {
        var devices = await Find("echo '0, NVIDIA H100 80GB HBM3, 81559 MiB'; echo '1, NVIDIA L4, 23034 MiB'");
        Assert.Equal(["cuda-0", "cuda-1"], devices.Select(device => device.Name));
        Assert.Equal("NVIDIA H100 80GB HBM3, 81559 MiB", devices[0].Hardware);
        Assert.All(devices, device => Assert.Equal(Pools.Gpu, device.Pool));
    }

    [Theory]
    [InlineData("echo 'No devices were found'")]
    [InlineData("echo 'Failed to initialize NVML' >&2; exit 9")]
    [InlineData("exit 0")]
    public async Task Find_NoGpu_OffersProcessorSlots(string script) =>
        Assert.Equal(["cpu-0", "cpu-1"], (await Find(script)).Select(device => device.Name));

    [Fact]
    public async Task Find_NoNvidiaSmi_OffersProcessorSlots() =>
        Assert.Equal(["cpu-0", "cpu-1"], (await Find(script: null)).Select(device => device.Name));

    [Fact]
    public async Task Find_NvidiaSmiHangs_OffersProcessorSlotsAfterTenSeconds()
    {
        var finding = Find("exec sleep 1000");

        // Again and again: nothing tells when the clock is looked at for the first time.
        while (!finding.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(11));
            await Task.Yield();
        }

        Assert.Equal(["cpu-0", "cpu-1"], (await finding).Select(device => device.Name));
    }

    [Fact]
    public async Task Find_MediaSlotsOnly_AsksForNoGpu()
    {
        var devices = await Find($"touch {folder}/asked; echo '0, NVIDIA L4, 23034 MiB'", SlotKinds.Media);
        Assert.Equal(["media-0", "media-1"], devices.Select(device => device.Name));
        Assert.False(File.Exists(Path.Combine(folder, "asked")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<IReadOnlyList<DeviceView>> Find(string? script, SlotKinds kinds = SlotKinds.Devices)
    {
        var program = Path.Combine(folder, "nvidia-smi");
        if (script is not null)
        {
            await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\n");
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        var options = Options.Create(new SlotOptions { DiscoverGpus = true, NvidiaSmi = program, CpuSlots = 2, MediaSlots = 2 });
        return await new DeviceDiscovery(options, time, NullLogger<DeviceDiscovery>.Instance).Find(kinds, CancellationToken.None);
    }
}
