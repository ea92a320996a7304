namespace LipSync.Media.Probing;

/// <summary>What a customer's file is sent as.</summary>
public enum MediaRole { Video, Picture, Speech }

/// <summary>What a customer's file says about itself. Sizes are trusted after decoding only, durations never.</summary>
/// <param name="Container">How the file is opened.</param>
/// <param name="HeaderSeconds">The header's duration: good for progress, for nothing else. Null: none is given.</param>
/// <param name="Truncated">The container names bytes beyond the file's end.</param>
/// <param name="Video">The stream to use: the default one, then the largest; cover art doesn't count. Null: none.</param>
/// <param name="Audio">The stream to use: the default one, then the first. Null: none.</param>
public sealed record MediaFacts(Container Container, double? HeaderSeconds, bool Truncated, VideoStream? Video, AudioStream? Audio);

/// <param name="Index">The stream's number in the file.</param>
/// <param name="Width">Pixels as shown: turned upright, of square shape.</param>
/// <param name="Height">Pixels as shown.</param>
/// <param name="ColorSpace">The matrix as ffmpeg names it; null where the file doesn't say.</param>
/// <param name="ColorTransfer">The transfer function as ffmpeg names it; null where the file doesn't say.</param>
/// <param name="ColorPrimaries">The primaries as ffmpeg names them; null where the file doesn't say.</param>
/// <param name="Start">The first picture's time on the file's own clock, in seconds; 0 where the file doesn't say.</param>
/// <param name="Rotation">Degrees clockwise by which the stored picture is turned to be shown: 0, 90, 180 or 270.</param>
/// <param name="FrameRate">Frames per second on average; 0 where the file doesn't say.</param>
public sealed record VideoStream(
    int Index, string Codec, int Width, int Height, string PixelFormat, string? ColorSpace, string? ColorTransfer, string? ColorPrimaries, double Start,
    int Rotation, double FrameRate)
{
    /// <summary>High dynamic range: PQ or HLG.</summary>
    public bool IsHdr => ColorTransfer is "smpte2084" or "arib-std-b67";

    /// <summary>The primaries of BT.2020 with the curve of BT.709: another red, green and blue, the same brightness.</summary>
    public bool IsWideGamut => !IsHdr && ColorPrimaries == "bt2020";
}

/// <param name="Index">The stream's number in the file.</param>
/// <param name="SampleRate">Hertz; 0 where the file doesn't say.</param>
/// <param name="Channels">0 where the file doesn't say.</param>
public sealed record AudioStream(int Index, string Codec, int SampleRate, int Channels);
