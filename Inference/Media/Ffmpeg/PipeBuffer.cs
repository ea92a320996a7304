using System.IO.Pipes;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LipSync.Media.Ffmpeg;

/// <summary>
/// Pipes that hold most of a frame. The usual 64 kB make both sides wait for each other twenty times a frame of 720p, which costs
/// more than the copying.
/// </summary>
internal static partial class PipeBuffer
{
    /// <summary>As much as Linux gives without privileges (/proc/sys/fs/pipe-max-size).</summary>
    private const int Bytes = 1 << 20;

    /// <summary>fcntl(2), F_SETPIPE_SZ.</summary>
    private const int SetSize = 1031;

    /// <summary>Widens the pipe where the system lets it; where not, it works as it is.</summary>
    public static Stream Widen(Stream stream)
    {
        if (OperatingSystem.IsLinux() && stream is PipeStream pipe)
        {
            _ = Control(pipe.SafePipeHandle, SetSize, Bytes);
        }

        return stream;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(SafePipeHandle pipe, int command, int value);
}
