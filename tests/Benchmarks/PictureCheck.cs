using LipSync.Media.Ffmpeg;

namespace LipSync.Benchmarks;

/// <summary>Compares the pictures of two videos frame by frame with ffmpeg's psnr filter.</summary>
internal static class PictureCheck
{
    public static async Task<int> Run(string one, string other)
    {
        // The figure is among what ffmpeg tells at level info, and there the last line.
        await using var process = FfmpegProcess.Start(
            FfmpegCommand.Ffmpeg(
                ["-loglevel", "info", "-nostats", "-i", one, "-i", other, "-lavfi", "[0:v]settb=1/25,setpts=N[a];[1:v]settb=1/25,setpts=N[b];[a][b]psnr", "-f", "null", "-"]),
            CancellationToken.None);
        process.Input.Close();
        var (code, words) = await process.WaitForExit(CancellationToken.None);
        if (code == 0)
        {
            Console.WriteLine(words.Split('\n').Last(line => line.Contains("PSNR", StringComparison.Ordinal)));
        }
        else
        {
            await Console.Error.WriteLineAsync(words);
        }

        return code;
    }
}
