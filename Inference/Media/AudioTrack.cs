using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using LipSync.Media.Ffmpeg;

namespace LipSync.Media;

/// <summary>Decoded speech for the models.</summary>
public static class AudioTrack
{
    public const int SampleRate = 16000;

    /// <summary>The file's audio as 16 kHz mono samples, -1 … 1, from time 0 on.</summary>
    /// <param name="path">A speech file as <see cref="Normalizing.SpeechNormalizer"/> writes it.</param>
    public static async Task<float[]> Read(string path, CancellationToken cancellationToken)
    {
        await using var decoder = FfmpegProcess.Start(
            FfmpegCommand.Ffmpeg(
            [
                "-threads", "1", "-protocol_whitelist", "file", "-i", Path.GetFullPath(path), "-map", "0:a:0",
                "-ac", "1", "-ar", SampleRate.ToString(CultureInfo.InvariantCulture), "-f", "s16le", "pipe:1",
            ]),
            cancellationToken);
        decoder.Input.Close();

        var bytes = new ArrayBufferWriter<byte>(1 << 20);
        int read;
        while ((read = await decoder.Output.ReadAsync(bytes.GetMemory(1 << 16), CancellationToken.None)) > 0)
        {
            bytes.Advance(read);
        }

        await decoder.EnsureSuccess(cancellationToken);
        return ToFloats(MemoryMarshal.Cast<byte, short>(bytes.WrittenSpan));
    }

    private static float[] ToFloats(ReadOnlySpan<short> pcm)
    {
        const float fullScale = 32768;
        var samples = new float[pcm.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = pcm[i] / fullScale;
        }

        return samples;
    }
}
