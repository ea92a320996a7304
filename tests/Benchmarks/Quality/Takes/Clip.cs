namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>A piece of a media file.</summary>
/// <param name="Name">Short, for tables.</param>
/// <param name="File">Within the media folder.</param>
/// <param name="From">Seconds into the file.</param>
/// <param name="Seconds">Null for all.</param>
internal sealed record Clip(string Name, string File, double From = 0, double? Seconds = null)
{
    public static Clip Demo1 { get; } = new("demo1", "latentsync_demo1.mp4");

    public static Clip Demo2 { get; } = new("demo2", "latentsync_demo2.mp4");

    /// <summary>Never speaks.</summary>
    public static Clip Silent { get; } = new("dhlive", "dhlive_000002.mp4");

    public static Clip Portrait { get; } = new("astronaut", "astronaut.png");

    public static Clip English { get; } = new("jfk", "jfk.flac");

    public static Clip German { get; } = new("deyu", "sadtalker_deyu.wav");

    public static Clip French { get; } = new("fayu", "sadtalker_fayu.wav");

    public bool IsImage => Path.GetExtension(File) == ".png";

    public bool HasOwnSound => this is not { File: "dhlive_000002.mp4" } && !IsImage;

    public Clip Part(string name, double from, double seconds) => this with { Name = $"{Name} {name}", From = from, Seconds = seconds };
}
