using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Basics;
using LipSync.Faces.Tracking;
using Microsoft.Win32.SafeHandles;

namespace LipSync.Faces;

/// <summary>
/// The bytes of a face tracks file, little-endian: a header of 16 bytes (magic, version, position of the index), one record for
/// every mesh in the order they were finished, and the index: the frames at which scenes begin, and for each track its facts and the
/// record number of each of its frames.
/// A record holds the centre (x, y), the step, 468 × (x, y, z) as 16-bit steps from the centre (finer than 0.02 px for a face of
/// 1,000 px), and the face's thumbnail.
/// </summary>
internal static class FaceTracksFormat
{
    /// <summary>Record number of a frame without a mesh.</summary>
    public const int Unseen = -1;

    private const uint Magic = 0x5446534C; // "LSFT"
    private const int Version = 2;
    private const int HeaderBytes = 16;
    private const int MeshOffset = 3 * sizeof(float);
    private const int MeshBytes = MeshOffset + (FaceTracks.MeshPoints * 3 * sizeof(short));
    private const int RecordBytes = MeshBytes + FaceThumbnail.Bytes;

    public static void WriteHeader(SafeFileHandle file, long indexPosition)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], indexPosition);
        RandomAccess.Write(file, header, 0);
    }

    public static void WriteFace(SafeFileHandle file, int record, ReadOnlySpan<Vector3> mesh, ReadOnlySpan<byte> thumbnail)
    {
        var (low, high) = Bounds(mesh);
        var (x, y) = ((low.X + high.X) / 2, (low.Y + high.Y) / 2);
        var depth = MathF.Max(MathF.Abs(low.Z), MathF.Abs(high.Z));
        var step = MathF.Max(1, MathF.Max(depth, MathF.Max(high.X - low.X, high.Y - low.Y) / 2)) / short.MaxValue;
        Span<byte> bytes = stackalloc byte[RecordBytes];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, x);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[4..], y);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[8..], step);
        var steps = MemoryMarshal.Cast<byte, short>(bytes[MeshOffset..MeshBytes]);
        for (var i = 0; i < mesh.Length; i++)
        {
            steps[3 * i] = (short)MathF.Round((mesh[i].X - x) / step);
            steps[(3 * i) + 1] = (short)MathF.Round((mesh[i].Y - y) / step);
            steps[(3 * i) + 2] = (short)MathF.Round(mesh[i].Z / step);
        }

        thumbnail.CopyTo(bytes[MeshBytes..]);
        RandomAccess.Write(file, bytes, HeaderBytes + ((long)record * RecordBytes));
    }

    public static void ReadMesh(SafeFileHandle file, int record, Span<Vector3> mesh)
    {
        Span<byte> bytes = stackalloc byte[MeshBytes];
        file.ReadExactly(bytes, HeaderBytes + ((long)record * RecordBytes));
        var x = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        var y = BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]);
        var step = BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]);
        var steps = MemoryMarshal.Cast<byte, short>(bytes[MeshOffset..]);
        for (var i = 0; i < mesh.Length; i++)
        {
            mesh[i] = new(x + (steps[3 * i] * step), y + (steps[(3 * i) + 1] * step), steps[(3 * i) + 2] * step);
        }
    }

    public static void ReadThumbnail(SafeFileHandle file, int record, Span<byte> thumbnail) =>
        file.ReadExactly(thumbnail[..FaceThumbnail.Bytes], HeaderBytes + ((long)record * RecordBytes) + MeshBytes);

    public static void WriteIndex(SafeFileHandle file, int recordCount, IReadOnlyList<int> cuts, IReadOnlyList<(FaceTrack Track, IReadOnlyList<int> Records)> tracks)
    {
        var position = HeaderBytes + ((long)recordCount * RecordBytes);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        writer.Write(cuts.Count);
        foreach (var cut in cuts)
        {
            writer.Write(cut);
        }

        writer.Write(tracks.Count);
        foreach (var (track, records) in tracks)
        {
            writer.Write(track.Id);
            writer.Write(track.FirstFrame);
            writer.Write(track.LastFrame);
            writer.Write(track.FramesSeen);
            writer.Write(track.MeanArea);
            foreach (var record in records)
            {
                writer.Write(record);
            }
        }

        writer.Flush();
        RandomAccess.Write(file, buffer.GetBuffer().AsSpan(0, (int)buffer.Length), position);
        WriteHeader(file, position);
    }

    public static (Scenes Scenes, FaceTrack[] Tracks, int[][] Records) ReadIndex(SafeFileHandle file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        file.ReadExactly(header, 0);
        var position = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || BinaryPrimitives.ReadInt32LittleEndian(header[4..]) != Version || position == 0)
        {
            throw new InvalidDataException("This file holds no finished face tracks of this version.");
        }

        var bytes = new byte[RandomAccess.GetLength(file) - position];
        file.ReadExactly(bytes, position);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var cuts = new int[reader.ReadInt32()];
        foreach (ref var cut in cuts.AsSpan())
        {
            cut = reader.ReadInt32();
        }

        var tracks = new FaceTrack[reader.ReadInt32()];
        var records = new int[tracks.Length][];
        for (var i = 0; i < tracks.Length; i++)
        {
            tracks[i] = new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadDouble());
            records[i] = new int[tracks[i].LastFrame - tracks[i].FirstFrame + 1];
            foreach (ref var record in records[i].AsSpan())
            {
                record = reader.ReadInt32();
            }
        }

        return (new(cuts), tracks, records);
    }

    public static (Vector3 Low, Vector3 High) Bounds(ReadOnlySpan<Vector3> mesh)
    {
        var (low, high) = (mesh[0], mesh[0]);
        foreach (var point in mesh)
        {
            (low, high) = (Vector3.Min(low, point), Vector3.Max(high, point));
        }

        return (low, high);
    }
}
