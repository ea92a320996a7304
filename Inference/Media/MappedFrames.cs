namespace LipSync.Media;

/// <summary>
/// The source frames of an output range in output order, also where the map runs backwards: backward runs are decoded in blocks.
/// Memory is bounded by one block.
/// </summary>
public sealed class MappedFrames : IAsyncDisposable
{
    /// <summary>Frames of a backward block, the distance of a normal video's key frames: a block then decodes nothing twice.</summary>
    private const int BlockFrames = VideoFormat.KeyFrameInterval;

    private readonly string path;
    private readonly NormalVideo info;
    private readonly int[] sources;
    private readonly List<YuvFrame> block = [];
    private readonly YuvFrame current;
    private int position;
    private int currentSource = -1;
    private int blockStart;
    private int blockCount;
    private FrameReader? forward;
    private int forwardNext;
    private int forwardEnd;

    private MappedFrames(string path, NormalVideo info, int[] sources)
    {
        this.path = path;
        this.info = info;
        this.sources = sources;
        current = new YuvFrame(info.Width, info.Height);
    }

    public static MappedFrames Open(string path, NormalVideo info, FrameMap map, int firstOutputFrame, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(map.SourceFrames, info.Frames, nameof(map));
        var mapped = new int[count];
        for (var i = 0; i < count; i++)
        {
            mapped[i] = map.SourceOf(firstOutputFrame + i);
        }

        return new MappedFrames(path, info, mapped);
    }

    /// <summary>Reads the source picture of the next output frame into <paramref name="frame"/>; false after the last.</summary>
    public async ValueTask<bool> Read(YuvFrame frame, CancellationToken cancellationToken)
    {
        if (position == sources.Length)
        {
            return false;
        }

        var source = sources[position];
        if (source == currentSource || !await TryReadBlock(source, frame, cancellationToken))
        {
            await ReadForward(source, cancellationToken);
            current.CopyTo(frame);
        }

        position++;
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await CloseForward();
        block.ForEach(frame => frame.Dispose());
        current.Dispose();
    }

    private async ValueTask ReadForward(int source, CancellationToken cancellationToken)
    {
        if (source == currentSource)
        {
            return;
        }

        // Frames that a sped-up video leaves out are cheaper to decode than to seek over.
        var reaches = forward is not null && source >= forwardNext && source < forwardEnd && source - forwardNext <= BlockFrames;
        if (!reaches)
        {
            await CloseForward();
            (forwardNext, forwardEnd) = (source, EndOfForwardRun());
            forward = FrameReader.Open(path, info, source, forwardEnd - source);
        }

        while (forwardNext <= source)
        {
            await forward!.Read(current, cancellationToken);
            forwardNext++;
        }

        currentSource = source;
    }

    private async ValueTask<bool> TryReadBlock(int source, YuvFrame frame, CancellationToken cancellationToken)
    {
        if (source < blockStart || source >= blockStart + blockCount)
        {
            var lowest = LowestOfBackwardRun();
            if (lowest == source)
            {
                return false;
            }

            await FillBlock(Math.Max(lowest, source / BlockFrames * BlockFrames), source, cancellationToken);
        }

        block[source - blockStart].CopyTo(frame);
        return true;
    }

    private async ValueTask FillBlock(int first, int last, CancellationToken cancellationToken)
    {
        await CloseForward();
        (blockStart, blockCount) = (first, 0);
        await using var reader = FrameReader.Open(path, info, first, last - first + 1);
        while (blockCount <= last - first)
        {
            if (block.Count == blockCount)
            {
                block.Add(new YuvFrame(info.Width, info.Height));
            }

            await reader.Read(block[blockCount], cancellationToken);
            blockCount++;
        }
    }

    private int EndOfForwardRun()
    {
        var i = position;
        while (i + 1 < sources.Length && sources[i + 1] >= sources[i])
        {
            i++;
        }

        return sources[i] + 1;
    }

    private int LowestOfBackwardRun()
    {
        var i = position;
        while (i + 1 < sources.Length && sources[i + 1] <= sources[i])
        {
            i++;
        }

        return sources[i];
    }

    private async ValueTask CloseForward()
    {
        if (forward is { } open)
        {
            forward = null;
            await open.DisposeAsync();
        }
    }
}
