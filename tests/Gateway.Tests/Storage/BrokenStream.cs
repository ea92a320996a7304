namespace LipSync.Tests.Storage;

/// <summary>Content that breaks off after some bytes, as an upload does whose client is gone.</summary>
internal sealed class BrokenStream(int bytes) : MemoryStream
{
    private int left = bytes;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (left == 0)
        {
            throw new EndOfStreamException();
        }

        var read = Math.Min(left, buffer.Length);
        left -= read;
        return ValueTask.FromResult(read);
    }
}
