using LipSync.Media.Ffmpeg;

namespace LipSync.Media.Probing;

/// <summary>Every sentence with which a file is refused: what is wrong, with which input, what to do.</summary>
internal static class Refusal
{
    public static MediaRefusedException Empty(MediaRole role) =>
        new("invalid_media", $"{Subject(role)} is an empty file. Send it again.");

    public static MediaRefusedException WebPage(MediaRole role) =>
        new("invalid_media", $"{Subject(role)} is a web page. The URL has to answer the file itself, not a page that shows or asks to log in to it.");

    public static MediaRefusedException Playlist(MediaRole role) =>
        new("unsupported_container", $"{Subject(role)} is a playlist. Send the media file itself.");

    public static MediaRefusedException Text(MediaRole role) =>
        new("invalid_media", $"{Subject(role)} is a text file. Send {Formats(role)}.");

    public static MediaRefusedException Unknown(MediaRole role) =>
        new("invalid_media", $"{Subject(role)} is in no format that is accepted, or damaged. Send {Formats(role)}.");

    public static MediaRefusedException Damaged(MediaRole role, FfmpegException? cause = null) =>
        new("invalid_media", $"{Subject(role)} is damaged: nothing in it can be decoded. Export it again as {Formats(role)}.", cause);

    public static MediaRefusedException Truncated(MediaRole role, FfmpegException? cause = null) =>
        new("truncated_media", $"{Subject(role)} is incomplete: the end of the file is missing. Send the whole file.", cause);

    public static MediaRefusedException Encrypted(MediaRole role) =>
        new("encrypted_media", $"{Subject(role)} is encrypted (DRM). Send it without protection.");

    public static MediaRefusedException UnsupportedCodec(MediaRole role, FfmpegException? cause = null) =>
        new("unsupported_codec", $"{Subject(role)} uses a codec that cannot be decoded here. Export it as {Formats(role)}.", cause);

    public static MediaRefusedException TooSlow(MediaRole role) =>
        new("invalid_media", $"{Subject(role)} takes too long to decode. Export it again as {Formats(role)}.");

    public static MediaRefusedException PictureAsVideo() =>
        new("no_video_stream", "The video is a picture. Send it as imageUrl.");

    public static MediaRefusedException VideoAsPicture() =>
        new("invalid_media", "The picture is a video or a sound. Send a PNG, JPEG or WebP file, or send a video as videoUrl.");

    public static MediaRefusedException NoVideoStream() =>
        new("no_video_stream", "The video has no picture: it holds sound only. Send a file with a video track.");

    public static MediaRefusedException NoAudioStream() =>
        new("no_audio_stream", "The speech has no sound: the file holds no audio track. Send a file with one.");

    public static MediaRefusedException VideoTooShort() =>
        new("video_too_short", "The video has no frames. Send a longer one.");

    public static MediaRefusedException AudioTooShort() =>
        new("audio_too_short", "The speech is shorter than 0.1 seconds. Send a longer one.");

    public static MediaRefusedException TooLarge(MediaRole role, int width, int height) =>
        new("resolution_too_large", $"{Subject(role)} has {width}x{height} pixels, more than can be processed. Scale it down to 4096 pixels on the longer side.");

    public static MediaRefusedException TooSmall(MediaRole role, int width, int height) =>
        new("resolution_too_small", $"{Subject(role)} has {width}x{height} pixels. The shorter side must have at least 64, and the longer at most four times as many.");

    private static string Subject(MediaRole role) => role switch
    {
        MediaRole.Video => "The video",
        MediaRole.Picture => "The picture",
        _ => "The speech",
    };

    private static string Formats(MediaRole role) => role switch
    {
        MediaRole.Video => "an MP4, MOV or WebM file",
        MediaRole.Picture => "a PNG, JPEG or WebP file",
        _ => "a WAV, MP3, M4A, FLAC or Ogg file",
    };
}
