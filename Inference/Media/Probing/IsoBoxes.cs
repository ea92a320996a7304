using System.Buffers.Binary;

namespace LipSync.Media.Probing;

/// <summary>What the top-level boxes of an MP4 or QuickTime file tell beyond what ffprobe does.</summary>
/// <param name="CutShort">A box reaches beyond the file's end.</param>
/// <param name="WithoutMedia">The header is there and the media are not: cut between the two.</param>
/// <param name="Encrypted">A track is encrypted (ISO/IEC 23001-7).</param>
internal sealed record IsoBoxes(bool CutShort, bool WithoutMedia, bool Encrypted)
{
    /// <summary>Of a file in another container.</summary>
    public static IsoBoxes None { get; } = new(CutShort: false, WithoutMedia: false, Encrypted: false);

    private const int MaxBoxes = 10_000;
    private const int MaxMovieHeader = 4 << 20;

    public static async Task<IsoBoxes> Read(FileStream file, CancellationToken cancellationToken)
    {
        var header = new byte[16];
        var (hasMovie, hasMedia, encrypted) = (false, false, false);
        long position = 0;
        for (var box = 0; box < MaxBoxes && position + 8 <= file.Length; box++)
        {
            file.Position = position;
            if (await file.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken) < 8)
            {
                break;
            }

            var remaining = file.Length - position;
            var size = BinaryPrimitives.ReadUInt32BigEndian(header) switch
            {
                0 => remaining,
                1 => BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)),
                var bytes => bytes,
            };
            hasMedia |= header.AsSpan(4, 4).SequenceEqual("mdat"u8);
            if (header.AsSpan(4, 4).SequenceEqual("moov"u8))
            {
                hasMovie = true;
                encrypted |= await NamesEncryptedTrack(file, position, Math.Min(size, remaining), cancellationToken);
            }

            if (size < 8)
            {
                break;
            }

            if (size > remaining)
            {
                return new IsoBoxes(CutShort: true, WithoutMedia: !hasMedia, encrypted);
            }

            position += size;
        }

        return new IsoBoxes(CutShort: false, WithoutMedia: hasMovie && !hasMedia, encrypted);
    }

    // Encrypted sample entries are called encv and enca and carry a box sinf.
    private static async Task<bool> NamesEncryptedTrack(FileStream file, long position, long size, CancellationToken cancellationToken)
    {
        file.Position = position;
        var movie = new byte[(int)Math.Clamp(size, 0, MaxMovieHeader)];
        await file.ReadExactlyAsync(movie, cancellationToken);
        return (movie.AsSpan().IndexOf("encv"u8) >= 0 || movie.AsSpan().IndexOf("enca"u8) >= 0) && movie.AsSpan().IndexOf("sinf"u8) >= 0;
    }
}
