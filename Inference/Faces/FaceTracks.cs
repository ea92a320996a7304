using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace LipSync.Faces;

/// <summary>The faces of one normal video: the artifact between analysis and rendering. Reads single frames from its file, so that
/// memory stays flat whatever the video's length. Thread-safe.</summary>
public sealed class FaceTracks : IDisposable
{
    /// <summary>Points of one mesh.</summary>
    public const int MeshPoints = 468;

    private readonly SafeFileHandle file;
    private readonly int[][] records;

    private FaceTracks(SafeFileHandle file, FaceTrack[] tracks, int[][] records) =>
        (this.file, Tracks, this.records) = (file, tracks, records);

    public IReadOnlyList<FaceTrack> Tracks { get; }

    /// <summary>The track that speaks: the largest, longest seen. Null where no face was found.</summary>
    public FaceTrack? Speaker => SpeakerOf(Tracks);

    /// <exception cref="InvalidDataException">The file holds no face tracks, or those of another version.</exception>
    public static FaceTracks Open(string path)
    {
        var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            var (tracks, records) = FaceTracksFormat.ReadIndex(handle);
            return new(handle, tracks, records);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Fills the smoothed mesh of one frame: x and y in pixels of the normal video (pixel centres at integers), z in the same scale,
    /// smaller is nearer. False where the track is not seen in this frame.
    /// </summary>
    public bool TryRead(FaceTrack track, int frame, Span<Vector3> mesh)
    {
        if (frame < track.FirstFrame || frame > track.LastFrame)
        {
            return false;
        }

        var record = records[track.Id][frame - track.FirstFrame];
        if (record == FaceTracksFormat.Unseen)
        {
            return false;
        }

        FaceTracksFormat.ReadMesh(file, record, mesh);
        return true;
    }

    public void Dispose() => file.Dispose();

    internal static FaceTrack? SpeakerOf(IEnumerable<FaceTrack> tracks) => tracks.MaxBy(track => track.MeanArea * track.FramesSeen);
}

/// <param name="Id">0, 1, … in order of appearance.</param>
/// <param name="FirstFrame">First frame seen.</param>
/// <param name="LastFrame">Last frame seen; between them there may be gaps.</param>
/// <param name="FramesSeen">Frames with a mesh.</param>
/// <param name="MeanArea">Mean area of the mesh's bounding box in pixels².</param>
public sealed record FaceTrack(int Id, int FirstFrame, int LastFrame, int FramesSeen, double MeanArea);
