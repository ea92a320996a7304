namespace LipSync.Tests.Processes;

/// <summary>What a <see cref="LocalCluster"/> starts with.</summary>
public sealed record ClusterShape
{
    public int Gateways { get; init; } = 1;

    public int Controls { get; init; } = 1;

    public int Gpus { get; init; } = 2;

    /// <summary>Slots of each GPU silo.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Milliseconds that a frame takes; null: the real engine works.</summary>
    public double? FrameMilliseconds { get; init; } = 2;

    /// <summary>Whether the service reaches its database through a <see cref="Faults.CuttingProxy"/>.</summary>
    public bool CuttingProxy { get; init; }

    /// <summary>Whether the database's commits wait for the disk.</summary>
    public bool DurableDatabase { get; init; }

    /// <summary>Settings of every process by their names.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
