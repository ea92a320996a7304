using System.Text;

namespace LipSync.Media.Probing;

/// <summary>The first look at a customer's file, before any decoder sees it.</summary>
internal static class MediaSniffer
{
    /// <summary>The format of the file, if the role takes it.</summary>
    /// <exception cref="MediaRefusedException">It is no media file, or not one for this role.</exception>
    public static async Task<Container> Sniff(FileStream file, MediaRole role, CancellationToken cancellationToken)
    {
        var head = new byte[Container.HeadBytes];
        var length = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var container = Container.Sniff(head.AsSpan(0, length)) ?? throw TextOrUnknown(head.AsSpan(0, length), role);
        return (role, container.IsPicture) switch
        {
            (MediaRole.Picture, false) => throw Refusal.VideoAsPicture(),
            (MediaRole.Video, true) when container.Demuxer != "gif" => throw Refusal.PictureAsVideo(),
            (MediaRole.Speech, true) => throw Refusal.NoAudioStream(),
            _ => container,
        };
    }

    private static MediaRefusedException TextOrUnknown(ReadOnlySpan<byte> head, MediaRole role)
    {
        if (head.IsEmpty)
        {
            return Refusal.Empty(role);
        }

        foreach (var value in head)
        {
            if (value is < 0x09 or (> 0x0D and < 0x20) or 0x7F)
            {
                return Refusal.Unknown(role);
            }
        }

        var text = Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return text switch
        {
            _ when text.StartsWith("#EXTM3U", StringComparison.Ordinal) || text.StartsWith("ffconcat", StringComparison.Ordinal) => Refusal.Playlist(role),
            _ when text.StartsWith('<') && text.Contains("html", StringComparison.OrdinalIgnoreCase) => Refusal.WebPage(role),
            _ => Refusal.Text(role),
        };
    }
}
