using System.Runtime.CompilerServices;
using LipSync.Media;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>Reads two videos of the same size side by side.</summary>
internal static class VideoPair
{
    /// <summary>The frames of both, one by one; they are valid until the next is asked for.</summary>
    public static async IAsyncEnumerable<(int Number, YuvFrame One, YuvFrame Other)> Read(
        string one, string other, NormalVideo info, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var first = FrameReader.Open(one, info, 0, info.Frames);
        await using var second = FrameReader.Open(other, info, 0, info.Frames);
        using var frameOfOne = new YuvFrame(info.Width, info.Height);
        using var frameOfOther = new YuvFrame(info.Width, info.Height);
        for (var number = 0; number < info.Frames; number++)
        {
            await first.Read(frameOfOne, cancellationToken);
            await second.Read(frameOfOther, cancellationToken);
            yield return (number, frameOfOne, frameOfOther);
        }
    }
}
