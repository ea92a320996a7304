using System.Buffers.Binary;
using System.Globalization;
using LipSync.Media.Ffmpeg;
using LipSync.Media.Probing;

namespace LipSync.Media.Normalizing;

/// <summary>Makes one kind of speech file of any sound or any video's sound.</summary>
public static class SpeechNormalizer
{
    public const int SampleRate = 48000;

    private const double MinSeconds = 0.1;

    // Gaps and a late start become silence, so that what was in sync with the picture stays so.
    private const string Filter = "aresample=48000:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=stereo";

    /// <summary>Writes 48 kHz stereo FLAC from time 0 on; answers its seconds, counted in decoded samples.</summary>
    /// <param name="maxSeconds">Longer sources are cut here.</param>
    /// <exception cref="MediaRefusedException">The source has no usable sound.</exception>
    public static async Task<double> Normalize(string source, double maxSeconds, string output, CancellationToken cancellationToken)
    {
        var facts = await MediaProbe.Probe(source, MediaRole.Speech, cancellationToken);
        return await Normalize(source, facts, facts.Audio!, ["-af", Filter], maxSeconds, output, cancellationToken);
    }

    /// <summary>
    /// The same of a video's own sound on the clock of its normal video, whose time 0 is the first picture: sound before that is
    /// left out, sound that begins later follows silence. False, and no file, where the video has no usable sound.
    /// </summary>
    /// <exception cref="MediaRefusedException">The source is no usable video.</exception>
    public static async Task<bool> TryNormalizeOwn(string video, double maxSeconds, string output, CancellationToken cancellationToken)
    {
        var facts = await MediaProbe.Probe(video, MediaRole.Video, cancellationToken);
        if (facts.Audio is not { Codec: not "" } audio)
        {
            return false;
        }

        // The file's own times: ffmpeg's begin where the sound alone begins in some containers, and say nothing of the picture then.
        var filter = string.Create(CultureInfo.InvariantCulture, $"asetpts=PTS-{facts.Video!.Start:0.######}/TB,{Filter}");
        try
        {
            await Normalize(video, facts, audio, ["-copyts", "-af", filter], maxSeconds, output, cancellationToken);
            return true;
        }
        catch (MediaRefusedException)
        {
            // Nobody asked for this sound: where it is damaged or too short the video is as good without.
            return false;
        }
    }

    private static async Task<double> Normalize(
        string source, MediaFacts facts, AudioStream audio, string[] filter, double maxSeconds, string output, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder(output);
        var flawed = await Transcode.Run(
            source,
            facts,
            MediaRole.Speech,
            [
                "-map", string.Create(CultureInfo.InvariantCulture, $"0:{audio.Index}"), .. filter,
                "-t", maxSeconds.ToString("0.######", CultureInfo.InvariantCulture),
                "-c:a", "flac", "-compression_level", "2", "-map_metadata", "-1", scratch.File("speech.flac"),
            ],
            maxSeconds,
            scratch.Path,
            stream => stream.CopyToAsync(Stream.Null, CancellationToken.None),
            cancellationToken);

        var samples = await CountSamples(scratch.File("speech.flac"), cancellationToken);
        if (samples == 0 && (facts.Truncated || flawed))
        {
            throw facts.Truncated ? Refusal.Truncated(MediaRole.Speech) : Refusal.Damaged(MediaRole.Speech);
        }

        if (samples < MinSeconds * SampleRate)
        {
            throw Refusal.AudioTooShort();
        }

        scratch.Publish("speech.flac");
        return (double)samples / SampleRate;
    }

    // The encoder counts what it was given: 36 bits at byte 21 of a FLAC file (RFC 9639, section 8.2).
    private static async Task<long> CountSamples(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[26];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return read < head.Length ? 0 : (head[21] & 0x0FL) << 32 | BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(22));
    }
}
