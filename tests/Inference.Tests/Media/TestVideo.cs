using System.Globalization;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

/// <summary>Makes videos for tests and takes them apart again.</summary>
internal static class TestVideo
{
    /// <summary>A picture that differs from frame to frame, in every plane, with soft and hard edges.</summary>
    public static void Paint(YuvFrame frame, int number)
    {
        var y = frame.Y;
        var u = frame.U;
        var v = frame.V;
        for (var i = 0; i < y.Length; i++)
        {
            var (column, row) = (i % frame.Width, i / frame.Width);
            y[i] = (byte)(16 + ((column + 3 * number) * (row + 7) / 13 + number) % 220);
        }

        for (var i = 0; i < u.Length; i++)
        {
            u[i] = (byte)(64 + (i / 5 + 2 * number) % 128);
            v[i] = (byte)(64 + (i / 3 + 5 * number) % 128);
        }
    }

    /// <summary>Writes painted frames <paramref name="first"/> … as one chunk.</summary>
    public static async Task WriteChunk(string path, int width, int height, int fps, int first, int count)
    {
        using var frame = new YuvFrame(width, height);
        await using var writer = FrameWriter.Open(path, width, height, fps);
        for (var number = first; number < first + count; number++)
        {
            Paint(frame, number);
            await writer.Write(frame, CancellationToken.None);
        }

        await writer.Finish(CancellationToken.None);
    }

    /// <summary>Runs ffmpeg with these arguments, split at spaces; "{0}" … stand for the files.</summary>
    public static Task Make(string arguments, params string[] files) =>
        FfmpegProcess.Run(FfmpegCommand.Ffmpeg(Fill(arguments, files)), CancellationToken.None);

    /// <summary>Presentation time in ticks of the file and picture hash of every frame, in order.</summary>
    public static async Task<List<(long Time, string Hash)>> Frames(string path)
    {
        var text = await Output("-i {0} -map 0:v:0 -fps_mode passthrough -enc_time_base -1 -f framemd5 pipe:1", path);
        return [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',', StringSplitOptions.TrimEntries))
            .Select(cells => (long.Parse(cells[2], CultureInfo.InvariantCulture), cells[5]))];
    }

    public static async Task<string> Output(string arguments, params string[] files)
    {
        await using var process = FfmpegProcess.Start(FfmpegCommand.Ffmpeg(Fill(arguments, files)), CancellationToken.None);
        process.Input.Close();
        using var reader = new StreamReader(process.Output);
        var text = await reader.ReadToEndAsync();
        await process.EnsureSuccess(CancellationToken.None);
        return text;
    }

    private static IEnumerable<string> Fill(string arguments, string[] files) =>
        arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => string.Format(CultureInfo.InvariantCulture, argument, files));
}
