using System.Globalization;
using LipSync.Media;

namespace LipSync.Benchmarks;

/// <summary>What to run, from the command line.</summary>
internal sealed record BenchmarkOptions(string Source, string Speech, string Output)
{
    public const string Usage = """
        Benchmarks <video-or-image> <audio> <out.mp4> [--short-side 720] [--fps 25] [--chunk <frames>] [--slots 2] [--max-seconds 600]
        Benchmarks psnr <one.mp4> <other.mp4>
        Benchmarks quality [--media <folder>] [--out <folder>] [--only <experiment>] [--long <seconds>]
        Benchmarks cluster [handover] [scaling] [two-silos] [add-silo] [gateway] [lists] [membership]
        """;

    private const int ChunksWanted = 8;
    private const int LongestChunk = 4 * FrameWriter.SegmentFrames;

    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".webp", ".bmp"];

    public int ShortSide { get; init; } = 720;

    public int Fps { get; init; } = 25;

    /// <summary>Frames of a chunk, rounded up to whole encoder segments; null: as the service cuts a job.</summary>
    public int? Chunk { get; init; }

    /// <summary>Chunks rendered at a time.</summary>
    public int Slots { get; init; } = 2;

    public int MaxSeconds { get; init; } = 600;

    /// <summary>Whether the source is transcoded too, to compare with.</summary>
    public bool Transcodes { get; init; } = true;

    public bool IsImage => Pictures.Contains(Path.GetExtension(Source), StringComparer.OrdinalIgnoreCase);

    /// <summary>Frames of a chunk of so many output frames.</summary>
    public int ChunkOf(int frames) => Chunk ?? Math.Min((frames + ChunksWanted - 1) / ChunksWanted, LongestChunk);

    /// <summary>Null where the command line makes no sense.</summary>
    public static BenchmarkOptions? Parse(string[] args)
    {
        if (args.Length < 3 || args.Length % 2 == 0)
        {
            return null;
        }

        var options = new BenchmarkOptions(args[0], args[1], args[2]);
        for (var i = 3; i < args.Length; i += 2)
        {
            if (!int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value == 0)
            {
                return null;
            }

            switch (args[i])
            {
                case "--short-side": options = options with { ShortSide = value }; break;
                case "--fps": options = options with { Fps = value }; break;
                case "--chunk": options = options with { Chunk = value }; break;
                case "--slots": options = options with { Slots = value }; break;
                case "--max-seconds": options = options with { MaxSeconds = value }; break;
                default: return null;
            }
        }

        return options;
    }
}
