using LipSync.Faces;
using LipSync.Media;

namespace LipSync.Inspection;

/// <summary>The faces of a normal video that are to be shown, and who is to speak.</summary>
public sealed record FaceSurveyRequest
{
    /// <summary>The normal video's path.</summary>
    public required string Video { get; init; }

    public required NormalVideo Info { get; init; }

    /// <summary>The face tracks of the normal video.</summary>
    public required string Faces { get; init; }

    /// <summary>The source video's own sound on the normal video's clock; null where it has none.</summary>
    public string? OwnSound { get; init; }

    /// <summary>Whose mouth would move.</summary>
    public FaceChoice Face { get; init; } = FaceChoice.Auto;

    /// <summary>Which frames an output would show; null where that is not known yet.</summary>
    public FrameMap? Map { get; init; }

    /// <summary>The folder for the faces' pictures.</summary>
    public required string Folder { get; init; }
}

/// <param name="Faces">In the order of their tracks; of more than <see cref="MostFaces"/> those that are seen most.</param>
/// <param name="SpeakerTrack">The track of the one who would speak, the most seen where he has several; null: nobody would.</param>
/// <param name="WhyNobody">A sentence for people where nobody would speak; else null.</param>
/// <param name="FramesWithSpeaker">Of the frames that the map shows those in which the speaker's mouth can be drawn, as far as size and pose tell: no output has more.</param>
public sealed record FaceSurvey(IReadOnlyList<SurveyedFace> Faces, int? SpeakerTrack, string? WhyNobody, int FramesWithSpeaker)
{
    public const int MostFaces = 40;
}

/// <param name="Track">A <see cref="FaceTrack.Id"/>, as <see cref="FaceChoice.Track"/> takes it.</param>
/// <param name="Person">Tracks with the same number show the same person; 0 is the one seen most.</param>
/// <param name="FirstFrame">First frame seen.</param>
/// <param name="LastFrame">Last frame seen; between them there may be gaps.</param>
/// <param name="FramesSeen">Frames in which the face is seen.</param>
/// <param name="BestFrame">The frame of the picture.</param>
/// <param name="Box">The face in it, from the brows to the chin.</param>
/// <param name="Picture">The path of a JPEG of <see cref="PictureSide"/> pixels a side.</param>
public sealed record SurveyedFace(
    int Track, int Person, int FirstFrame, int LastFrame, int FramesSeen, int BestFrame, FaceArea Box, string Picture)
{
    public const int PictureSide = 256;
}

/// <summary>A part of the picture, in shares (0 to 1) of its width and height from the upper left corner.</summary>
public sealed record FaceArea(double X, double Y, double Width, double Height);
