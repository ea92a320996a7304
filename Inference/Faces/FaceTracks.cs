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

    private FaceTracks(SafeFileHandle file, Scenes scenes, FaceTrack[] tracks, int[][] records) =>
        (this.file, Scenes, Tracks, this.records) = (file, scenes, tracks, records);

    public Scenes Scenes { get; }

    public IReadOnlyList<FaceTrack> Tracks { get; }

    /// <summary>The largest, longest seen face. Null where none was found.</summary>
    public FaceTrack? Largest => LargestOf(Tracks);

    /// <exception cref="InvalidDataException">The file holds no face tracks, or those of another version.</exception>
    public static FaceTracks Open(string path)
    {
        var handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            var (scenes, tracks, records) = FaceTracksFormat.ReadIndex(handle);
            return new(handle, scenes, tracks, records);
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
        if (RecordOf(track, frame) is not { } record)
        {
            return false;
        }

        FaceTracksFormat.ReadMesh(file, record, mesh);
        return true;
    }

    /// <summary>Fills the <see cref="Tracking.FaceThumbnail"/> of a frame; false where the track is not seen.</summary>
    internal bool TryReadThumbnail(FaceTrack track, int frame, Span<byte> thumbnail)
    {
        if (RecordOf(track, frame) is not { } record)
        {
            return false;
        }

        FaceTracksFormat.ReadThumbnail(file, record, thumbnail);
        return true;
    }

    /// <summary>The same of a person, whichever track shows him.</summary>
    public bool TryRead(Speaker speaker, int frame, Span<Vector3> mesh)
    {
        foreach (var track in speaker.Tracks)
        {
            if (TryRead(track, frame, mesh))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The thumbnail of a person, whichever track shows him.</summary>
    internal bool TryReadThumbnail(Speaker speaker, int frame, Span<byte> thumbnail)
    {
        foreach (var track in speaker.Tracks)
        {
            if (TryReadThumbnail(track, frame, thumbnail))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a person is seen in a frame.</summary>
    public bool Sees(Speaker speaker, int frame) => speaker.Tracks.Any(track => RecordOf(track, frame) is not null);

    /// <summary>Whether anybody is seen in a frame.</summary>
    public bool SeesAnyone(int frame) => Tracks.Any(track => RecordOf(track, frame) is not null);

    /// <summary>The person whom the tracks of these ids show.</summary>
    public Speaker SpeakerOf(IEnumerable<int> ids) => new([.. ids.Select(id => Tracks.Single(track => track.Id == id))]);

    public void Dispose() => file.Dispose();

    private int? RecordOf(FaceTrack track, int frame) =>
        frame >= track.FirstFrame && frame <= track.LastFrame && records[track.Id][frame - track.FirstFrame] is var record && record != FaceTracksFormat.Unseen
            ? record
            : null;

    internal static FaceTrack? LargestOf(IEnumerable<FaceTrack> tracks) => tracks.MaxBy(track => track.MeanArea * track.FramesSeen);
}

/// <summary>One person: the tracks that show him, in order; no two show him in the same frame.</summary>
public sealed record Speaker(IReadOnlyList<FaceTrack> Tracks);

/// <param name="Id">0, 1, … in order of appearance.</param>
/// <param name="FirstFrame">First frame seen.</param>
/// <param name="LastFrame">Last frame seen; between them there may be gaps.</param>
/// <param name="FramesSeen">Frames with a mesh.</param>
/// <param name="MeanArea">Mean area of the mesh's bounding box in pixels².</param>
public sealed record FaceTrack(int Id, int FirstFrame, int LastFrame, int FramesSeen, double MeanArea);
