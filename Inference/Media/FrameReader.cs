using System.Globalization;
using System.Runtime.CompilerServices;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

/// <summary>
/// Reads frames of a normal video: one ffmpeg process and a raw pipe. Frame numbers are exact at any start.
/// </summary>
public sealed class FrameReader : IAsyncDisposable
{
    private readonly FfmpegProcess decoder;
    private readonly NormalVideo info;
    private int remaining;

    private FrameReader(FfmpegProcess decoder, NormalVideo info, int count)
    {
        this.decoder = decoder;
        this.info = info;
        remaining = count;
    }

    /// <summary>Opens <paramref name="count"/> frames from <paramref name="first"/> on.</summary>
    public static FrameReader Open(string path, NormalVideo info, int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, info.Frames - first);

        // Half a frame early: the first frame at or after the seek point is the wanted one, whatever way the time is rounded.
        var seconds = Math.Max(0, (first - 0.5) / info.Fps).ToString("0.000000", CultureInfo.InvariantCulture);
        var process = FfmpegProcess.Start(
            FfmpegCommand.Ffmpeg(
            [
                "-threads", "1", "-protocol_whitelist", "file", "-ss", seconds, "-i", Path.GetFullPath(path),
                "-map", "0:v:0", "-fps_mode", "passthrough", "-frames:v", count.ToString(CultureInfo.InvariantCulture),
                .. FrameStream.Arguments,
            ]),
            CancellationToken.None);
        process.Input.Close();
        return new FrameReader(process, info, count);
    }

    /// <summary>Reads the next frame into <paramref name="frame"/>; false after the last.</summary>
    /// <exception cref="FfmpegException">The file doesn't hold the frame.</exception>
    public async ValueTask<bool> Read(YuvFrame frame, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual((frame.Width, frame.Height), (info.Width, info.Height), nameof(frame));
        cancellationToken.ThrowIfCancellationRequested();
        if (remaining == 0)
        {
            return false;
        }

        if (!await FrameStream.Read(decoder.Output, frame, cancellationToken))
        {
            var (code, errors) = await decoder.WaitForExit(cancellationToken);
            throw new FfmpegException("ffmpeg", code, $"{remaining} frames are missing. {errors}");
        }

        remaining--;
        return true;
    }

    /// <summary>All frames, the next being read while one is worked on; each is valid until the next.</summary>
    public async IAsyncEnumerable<YuvFrame> ReadAll([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var one = new YuvFrame(info.Width, info.Height);
        using var other = new YuvFrame(info.Width, info.Height);
        var (current, next) = (one, other);
        var reading = Read(current, cancellationToken).AsTask();
        try
        {
            while (await reading)
            {
                reading = Read(next, cancellationToken).AsTask();
                yield return current;
                (current, next) = (next, current);
            }
        }
        finally
        {
            // A buffer must not go back while the pipe still fills it.
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync() => decoder.DisposeAsync();
}
