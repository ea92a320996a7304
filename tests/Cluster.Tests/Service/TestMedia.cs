using System.Globalization;
using System.Text.Json;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Service;

/// <summary>Small media made for these tests: the sample portrait as picture and video, and synthesised speech.</summary>
public sealed class TestMedia : IDisposable
{
    public TestMedia()
    {
        Speech = Path.Combine(Folder, "speech.wav");
        Command.Run("espeak-ng", "-v", "en-us", "-w", Speech, "Bob may move five more maps. Amen.");
        LongSpeech = Path.Combine(Folder, "long.wav");
        Command.Run("espeak-ng", "-v", "en-us", "-w", LongSpeech, string.Join(" ", Enumerable.Repeat("We keep every promise we make, whatever happens meanwhile.", 6)));
        Video = Make("video.mp4", "-loop", "1", "-i", Portrait, "-t", "2", "-r", "25", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast");
        Landscape = Make("landscape.mp4", "-f", "lavfi", "-i", "mandelbrot=size=320x240:rate=25", "-t", "1", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast");
        Blip = Make("blip.wav", "-f", "lavfi", "-i", "sine=duration=0.05", "-ac", "1");
        Text = Path.Combine(Folder, "text.mp4");
        File.WriteAllText(Text, "This is not a video.\n");
        Empty = Path.Combine(Folder, "empty.mp4");
        File.WriteAllBytes(Empty, []);
        Headers = Path.Combine(Folder, "headers.mp4");
        File.WriteAllBytes(Headers, File.ReadAllBytes(Video).AsSpan(0, 64).ToArray());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("lipsync-media-").FullName;

    public string Portrait { get; } = Path.Combine(Root(), "deploy", "sample", "astronaut.jpg");

    public string Speech { get; }

    public string LongSpeech { get; }

    /// <summary>Two seconds of a still face, silent.</summary>
    public string Video { get; }

    /// <summary>A video in which nobody is seen.</summary>
    public string Landscape { get; }

    /// <summary>0.05 s of sound.</summary>
    public string Blip { get; }

    public string Text { get; }

    public string Empty { get; }

    /// <summary>The first bytes of a video, without any frame.</summary>
    public string Headers { get; }

    public static double Seconds(string path) =>
        Probe(path).GetProperty("format").GetProperty("duration").GetString() is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : 0;

    public static JsonElement Probe(string path) =>
        JsonDocument.Parse(Command.Run("ffprobe", "-v", "error", "-count_frames", "-show_format", "-show_streams", "-of", "json", path)).RootElement;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Make(string name, params string[] arguments)
    {
        var path = Path.Combine(Folder, name);
        Command.Run("ffmpeg", ["-v", "error", .. arguments, path]);
        return path;
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.LipSync.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the checkout.");
        }

        return folder.FullName;
    }
}
