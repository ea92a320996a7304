using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace LipSync.Faces;

/// <summary>Writes a face tracks file mesh by mesh. Holds 4 bytes a mesh in memory. Not thread-safe.</summary>
internal sealed class FaceTracksWriter : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly List<Entry> entries = [];
    private readonly List<int> cuts = [];
    private int recordCount;

    public FaceTracksWriter(string path)
    {
        file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        FaceTracksFormat.WriteHeader(file, indexPosition: 0);
    }

    /// <summary>A new track; answers the number to write its meshes under.</summary>
    public int AddTrack()
    {
        entries.Add(new());
        return entries.Count - 1;
    }

    /// <summary>A scene begins with this frame.</summary>
    public void Cut(int frame) => cuts.Add(frame);

    /// <summary>Writes a mesh and its thumbnail; the frames of one track must rise.</summary>
    public void Write(int track, int frame, ReadOnlySpan<Vector3> mesh, ReadOnlySpan<byte> thumbnail = default)
    {
        var (low, high) = FaceTracksFormat.Bounds(mesh);
        entries[track].Add(frame, recordCount, (high.X - low.X) * (high.Y - low.Y));
        FaceTracksFormat.WriteFace(file, recordCount++, mesh, thumbnail);
    }

    /// <summary>Writes the index, without the tracks seen in fewer frames than <paramref name="minFrames"/>, and answers the tracks kept.</summary>
    public IReadOnlyList<FaceTrack> Finish(int minFrames)
    {
        var kept = entries.Where(entry => entry.FramesSeen >= minFrames).OrderBy(entry => entry.FirstFrame)
            .Select((entry, id) => (Track: entry.ToTrack(id), Records: (IReadOnlyList<int>)entry.Records)).ToList();
        FaceTracksFormat.WriteIndex(file, recordCount, cuts, kept);
        return [.. kept.Select(pair => pair.Track)];
    }

    public void Dispose() => file.Dispose();

    private sealed class Entry
    {
        private double area;

        public List<int> Records { get; } = [];

        public int FirstFrame { get; private set; }

        public int FramesSeen { get; private set; }

        public void Add(int frame, int record, float meshArea)
        {
            FirstFrame = FramesSeen == 0 ? frame : FirstFrame;
            while (Records.Count < frame - FirstFrame)
            {
                Records.Add(FaceTracksFormat.Unseen);
            }

            Records.Add(record);
            FramesSeen++;
            area += meshArea;
        }

        public FaceTrack ToTrack(int id) => new(id, FirstFrame, FirstFrame + Records.Count - 1, FramesSeen, area / FramesSeen);
    }
}
