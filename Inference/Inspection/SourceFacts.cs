namespace LipSync.Inspection;

/// <summary>What a customer's file says about itself, for people.</summary>
/// <param name="HeaderSeconds">The header's duration, which may be wrong; null where it gives none.</param>
/// <param name="Video">The picture that is used; null where there is none.</param>
/// <param name="Audio">The sound that is used; null where there is none.</param>
public sealed record SourceFacts(double? HeaderSeconds, PictureFacts? Video, SoundFacts? Audio);

/// <param name="Codec">As ffmpeg names it.</param>
/// <param name="Width">Pixels as shown, after rotation.</param>
/// <param name="Height">Pixels as shown, after rotation.</param>
/// <param name="Rotation">Degrees clockwise by which the stored picture is turned to be shown: 0, 90, 180 or 270.</param>
/// <param name="FrameRate">Frames per second on average; 0 where the file doesn't say.</param>
/// <param name="VariableFrameRate">Frames are shown for clearly different times.</param>
/// <param name="Hdr">High dynamic range: PQ or HLG.</param>
public sealed record PictureFacts(string Codec, int Width, int Height, int Rotation, double FrameRate, bool VariableFrameRate, bool Hdr);

/// <param name="Codec">As ffmpeg names it.</param>
/// <param name="SampleRate">Hertz; 0 where the file doesn't say.</param>
/// <param name="Channels">0 where the file doesn't say.</param>
public sealed record SoundFacts(string Codec, int SampleRate, int Channels);
