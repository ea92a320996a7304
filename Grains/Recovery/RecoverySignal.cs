using System.Threading.Channels;

namespace LipSync.Recovery;

/// <summary>Says that items may have been lost with a silo. Several raises before the recovery begins are one.</summary>
public sealed class RecoverySignal
{
    private readonly Channel<bool> raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Raise() => raised.Writer.TryWrite(true);

    internal async Task Wait(CancellationToken cancellationToken) => await raised.Reader.ReadAsync(cancellationToken);
}
