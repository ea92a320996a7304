namespace LipSync.Media.Ffmpeg;

/// <summary>
/// The bounds of a process that reads hostile media. Time and memory are limited by the kernel where prlimit exists; where
/// bubblewrap works, the process also sees no network, no other process and no file but <paramref name="Input"/> and
/// <paramref name="OutputFolder"/>.
/// </summary>
/// <param name="Input">The file to read, absolute.</param>
/// <param name="OutputFolder">The folder to write to, absolute; null: nothing is written.</param>
/// <param name="Timeout">Wall-clock time after which the process is killed. Processor time is limited to a little more than all processors can spend meanwhile: a safeguard should this service not live to kill it.</param>
public sealed record Confinement(string Input, string? OutputFolder, TimeSpan Timeout)
{
    /// <summary>Address space in bytes: room for the frames of the largest accepted picture and a decoder's threads, no more.</summary>
    public const long MaxAddressSpace = 4L << 30;
}
