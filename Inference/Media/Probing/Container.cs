using System.Buffers.Binary;
using System.Text;

namespace LipSync.Media.Probing;

/// <summary>
/// A file format by its first bytes. The name decides which one of ffmpeg's demuxers opens the file, so that no other, and no
/// guess, ever does: playlists could reach the network, and noise passes for many a raw format.
/// </summary>
/// <param name="Demuxer">ffmpeg's name.</param>
/// <param name="IsPicture">A still format.</param>
public sealed record Container(string Demuxer, bool IsPicture = false)
{
    /// <summary>Bytes that <see cref="Sniff"/> looks at.</summary>
    public const int HeadBytes = 4096;

    public static Container IsoBaseMedia { get; } = new("mov");

    private static readonly (byte[] Magic, int Offset, Container Container)[] Signatures =
    [
        ([0x1A, 0x45, 0xDF, 0xA3], 0, new("matroska")),
        ("AVI "u8.ToArray(), 8, new("avi")),
        ("WAVE"u8.ToArray(), 8, new("wav")),
        ("WEBP"u8.ToArray(), 8, new("webp_pipe", IsPicture: true)),
        ("OggS"u8.ToArray(), 0, new("ogg")),
        ("fLaC"u8.ToArray(), 0, new("flac")),
        ([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11], 0, new("asf")),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], 0, new("png_pipe", IsPicture: true)),
        ([0xFF, 0xD8, 0xFF], 0, new("jpeg_pipe", IsPicture: true)),
        ("GIF8"u8.ToArray(), 0, new("gif", IsPicture: true)),
        ("BM"u8.ToArray(), 0, new("bmp_pipe", IsPicture: true)),
    ];

    private static readonly string[] IsoBoxes = ["ftyp", "styp", "moov", "mdat", "free", "skip", "wide", "pnot"];

    /// <summary>The format of a file that begins with these bytes; null: none that is accepted.</summary>
    public static Container? Sniff(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, offset, container) in Signatures)
        {
            if (head.Length >= offset + magic.Length && head.Slice(offset, magic.Length).SequenceEqual(magic))
            {
                return container;
            }
        }

        return head switch
        {
            _ when head.Length >= 8 && IsoBoxes.Contains(Encoding.Latin1.GetString(head.Slice(4, 4)), StringComparer.Ordinal) => IsoBaseMedia,
            _ when head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47 => new Container("mpegts"),
            _ => SniffBareAudio(head),
        };
    }

    private static Container? SniffBareAudio(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("ID3"u8))
        {
            // The tag may fill more than the head; mp3 is by far the most usual format behind it.
            var tag = head.Length >= 10 ? 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]) : 0;
            return tag > 0 && tag + 4 <= head.Length ? Sniff(head[tag..]) : new Container("mp3");
        }

        // Eleven set bits begin an MPEG audio frame; layer 0 means AAC in ADTS frames.
        return head.Length >= 2 && (BinaryPrimitives.ReadUInt16BigEndian(head) & 0xFFE0) == 0xFFE0
            ? new Container((head[1] & 0b110) == 0 ? "aac" : "mp3")
            : null;
    }
}
