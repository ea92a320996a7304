using Microsoft.Win32.SafeHandles;

namespace LipSync.Basics;

internal static class PositionalReading
{
    /// <summary>Fills the bytes from a position of the file on, whatever its own position.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public static void ReadExactly(this SafeFileHandle file, Span<byte> bytes, long position)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, position);
            if (read == 0)
            {
                throw new InvalidDataException("The file ends early.");
            }

            bytes = bytes[read..];
            position += read;
        }
    }
}
