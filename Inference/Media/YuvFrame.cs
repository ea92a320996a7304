using System.Buffers;

namespace LipSync.Media;

/// <summary>
/// One 8-bit yuv420p frame (BT.709 limited range) in a recycled buffer: Y of Width x Height bytes, then U and V of half each side.
/// Even sides only. Dispose gives the buffer back.
/// </summary>
public sealed class YuvFrame : IDisposable
{
    private byte[]? buffer;

    public YuvFrame(int width, int height)
    {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0)
        {
            throw new ArgumentException($"A yuv420p frame has even sides; {width}x{height} has not.", nameof(width));
        }

        (Width, Height) = (width, height);
        buffer = ArrayPool<byte>.Shared.Rent(ByteCount(width, height));
    }

    public int Width { get; }

    public int Height { get; }

    public Memory<byte> Bytes => Buffer.AsMemory(0, ByteCount(Width, Height));

    public Span<byte> Y => Buffer.AsSpan(0, Width * Height);

    public Span<byte> U => Buffer.AsSpan(Width * Height, Width * Height / 4);

    public Span<byte> V => Buffer.AsSpan(Width * Height * 5 / 4, Width * Height / 4);

    private byte[] Buffer => buffer ?? throw new ObjectDisposedException(nameof(YuvFrame));

    public static int ByteCount(int width, int height) => width * height * 3 / 2;

    public void CopyTo(YuvFrame target) => Bytes.CopyTo(target.Bytes);

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
