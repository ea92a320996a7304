namespace LipSync.Gateway.Preflights;

/// <summary>A face, from the moment it appears until it is gone or the scene ends.</summary>
/// <param name="TrackId">For <c>settings.face.trackId</c> of a job with the same source and settings.</param>
/// <param name="Person">Faces with the same number are the same person, as far as looks tell; 0 is the one seen most.</param>
/// <param name="FirstSeen">Seconds of the source video.</param>
/// <param name="LastSeen">Seconds of the source video.</param>
/// <param name="Frames">Frames, at the output's rate, in which the face is seen.</param>
/// <param name="Time">Seconds of the source video at which the face is seen best.</param>
/// <param name="Box">Where the face is at that time.</param>
/// <param name="ThumbnailUrl">A JPEG of the face at that time, 256 pixels a side. Valid for one hour, opens without a key.</param>
public sealed record FaceAnswer(
    int TrackId, int Person, double FirstSeen, double LastSeen, int Frames, double Time, FaceBox Box, string ThumbnailUrl);

/// <summary>A part of the picture, in shares (0 to 1) of its width and height from the upper left corner.</summary>
public sealed record FaceBox(double X, double Y, double Width, double Height);
