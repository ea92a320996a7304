using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

/// <summary>Decoded speech for the models.</summary>
public static class AudioTrack
{
    public const int SampleRate = 16000;

    /// <summary>The file's audio as 16 kHz mono samples, -1 … 1, from time 0 on, in blocks of up to a second. A block is valid until the next.</summary>
    /// <param name="path">A speech file as <see cref="Normalizing.SpeechNormalizer"/> writes it.</param>
    public static async IAsyncEnumerable<ReadOnlyMemory<float>> Read(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var decoder = FfmpegProcess.Start(
            FfmpegCommand.Ffmpeg(
            [
                "-threads", "1", "-protocol_whitelist", "file", "-i", Path.GetFullPath(path), "-map", "0:a:0",
                "-ac", "1", "-ar", SampleRate.ToString(CultureInfo.InvariantCulture), "-f", "f32le", "pipe:1",
            ]),
            cancellationToken);
        decoder.Input.Close();

        var bytes = new byte[SampleRate * sizeof(float)];
        var samples = new float[SampleRate];
        int read;
        while ((read = await decoder.Output.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, CancellationToken.None)) > 0)
        {
            yield return samples.AsMemory(0, Decode(bytes.AsSpan(0, read), samples));
        }

        await decoder.EnsureSuccess(cancellationToken);
    }

    private static int Decode(ReadOnlySpan<byte> bytes, Span<float> samples)
    {
        var decoded = MemoryMarshal.Cast<byte, float>(bytes);
        for (var i = 0; i < decoded.Length; i++)
        {
            samples[i] = Math.Clamp(decoded[i], -1, 1); // a resampler overshoots at peaks
        }

        return decoded.Length;
    }
}
