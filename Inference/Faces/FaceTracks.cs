using System.Numerics;

namespace LipSync.Faces;

/// <summary>The faces of one normal video: the artifact between analysis and rendering. Reads single frames from its file, so that
/// memory stays flat whatever the video's length.</summary>
public sealed class FaceTracks : IDisposable
{
    /// <summary>Points of one mesh.</summary>
    public const int MeshPoints = 468;

    public static FaceTracks Open(string path) => throw new NotImplementedException();

    public IReadOnlyList<FaceTrack> Tracks => throw new NotImplementedException();

    /// <summary>The track that speaks: the largest, longest seen. Null where no face was found.</summary>
    public FaceTrack? Speaker => throw new NotImplementedException();

    /// <summary>
    /// Fills the smoothed mesh of one frame: x and y in pixels of the normal video, z in the same scale, smaller is nearer.
    /// False where the track is not seen in this frame.
    /// </summary>
    public bool TryRead(FaceTrack track, int frame, Span<Vector3> mesh) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}

/// <param name="Id">0, 1, … in order of appearance.</param>
/// <param name="FirstFrame">First frame seen.</param>
/// <param name="LastFrame">Last frame seen; between them there may be gaps.</param>
/// <param name="FramesSeen">Frames with a mesh.</param>
/// <param name="MeanArea">Mean area of the face in pixels².</param>
public sealed record FaceTrack(int Id, int FirstFrame, int LastFrame, int FramesSeen, double MeanArea);
