using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Media;

/// <summary>Section <c>LipSync:Fetch</c>.</summary>
public sealed class FetchOptions
{
    public const string Section = "LipSync:Fetch";

    /// <summary>Private hosts that may be fetched from all the same, each as <c>host:port</c>, compared exactly.</summary>
    public IList<string> AllowedPrivateHosts { get; } = [];

    /// <summary>How long a server may take to accept a connection.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a server may stay silent, before its first byte and between any two.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")] public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one source may take altogether.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);
}

[OptionsValidator]
internal sealed partial class FetchOptionsValidator : IValidateOptions<FetchOptions>;
