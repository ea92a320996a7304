using System.ComponentModel.DataAnnotations;
using System.Net;
using LipSync.Gateway.Cluster;
using Microsoft.Extensions.Options;

namespace LipSync.Silo.Cluster;

/// <summary>Section <c>LipSync:Cluster</c>: where the other processes of the cluster reach this silo. These ports belong in a network of their own: they know no passwords.</summary>
public sealed class SiloEndpoints
{
    public const string Section = ClusterSettings.Section;

    /// <summary>Where other silos connect.</summary>
    [Range(1, 65535)] public int SiloPort { get; set; } = 11111;

    /// <summary>Where gateways connect; GPU silos have none.</summary>
    [Range(1, 65535)] public int GatewayPort { get; set; } = 30000;

    /// <summary>This machine's IP address as the others know it; empty: that of its host name. A loopback address keeps the cluster on this machine.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Null: not given.</summary>
    internal IPAddress? Address => AdvertisedAddress.Length == 0 ? null : IPAddress.Parse(AdvertisedAddress);

    internal bool IsAddressed() => AdvertisedAddress.Length == 0 || IPAddress.TryParse(AdvertisedAddress, out _);
}

[OptionsValidator]
internal sealed partial class SiloEndpointsValidator : IValidateOptions<SiloEndpoints>;
