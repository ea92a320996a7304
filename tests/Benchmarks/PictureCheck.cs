using System.Diagnostics;

namespace LipSync.Benchmarks;

/// <summary>Compares the pictures of two videos frame by frame with ffmpeg's psnr filter.</summary>
internal static class PictureCheck
{
    public static async Task<int> Run(string one, string other)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])["-hide_banner", "-nostdin", "-i", one, "-i", other, "-lavfi", "[0:v]settb=1/25,setpts=N[a];[1:v]settb=1/25,setpts=N[b];[a][b]psnr", "-f", "null", "-"])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("PSNR", StringComparison.Ordinal))
            {
                Console.WriteLine(line);
            }
        }

        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
