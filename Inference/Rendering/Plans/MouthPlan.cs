using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using LipSync.Basics;
using LipSync.Media;
using LipSync.Rendering.Life;
using LipSync.Rendering.Occlusion;
using LipSync.Rendering.Speakers;
using Microsoft.Win32.SafeHandles;
using OpenCvSharp;

namespace LipSync.Rendering.Plans;

/// <summary>An exemplar's picture within the plan.</summary>
/// <param name="SourceFrame">Where its mesh is found.</param>
/// <param name="Area">Where in that frame it was cut.</param>
/// <param name="Offset">Its bytes, packed yuv420p, in the plan's file.</param>
internal readonly record struct ExemplarPicture(int SourceFrame, Rect Area, long Offset)
{
    public int Length => YuvFrame.ByteCount(Area.Width, Area.Height);
}

/// <summary>
/// The built-in renderer's plan: frames, residuals and pictures are read from the file when needed, so that memory doesn't grow
/// with the video.
/// Layout: tracks, speaker, residuals, pictures, tables, and the tables' position in the last eight bytes.
/// </summary>
internal sealed class MouthPlan
{
    private readonly SafeFileHandle file;
    private readonly ResidualReader residuals;
    private readonly long framesAt;
    private readonly int lifePoses;
    private readonly long lifeAt;

    /// <summary>Opens the plan behind the header.</summary>
    public MouthPlan(FrameMap map, FileStream file)
    {
        this.file = file.SafeFileHandle;
        Map = map;
        using var reader = new BinaryReader(file, Encoding.UTF8, leaveOpen: true);
        TrackIds = new int[reader.ReadInt32()];
        foreach (ref var id in TrackIds.AsSpan())
        {
            id = reader.ReadInt32();
        }

        Speaker = SpeakerRecord.Read(reader);
        residuals = new ResidualReader(Speaker, this.file, file.Position);

        file.Seek(-sizeof(long), SeekOrigin.End);
        file.Position = reader.ReadInt64();
        framesAt = file.Position;
        file.Position += (long)map.OutputFrames * PlannedFrame.Size;
        Seam = new LipSeam(ReadColumns(reader), ReadColumns(reader), reader.ReadSingle(), reader.ReadSingle());
        Covers = CoverMasks.Read(reader);
        lifePoses = reader.ReadInt32();
        lifeAt = file.Position;
        file.Position += (long)lifePoses * LifePose.Size;
        Exemplars = new ExemplarPicture[reader.ReadInt32()];
        for (var i = 0; i < Exemplars.Length; i++)
        {
            Exemplars[i] = new ExemplarPicture(
                reader.ReadInt32(), new Rect(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()), reader.ReadInt64());
        }
    }

    public FrameMap Map { get; }

    /// <summary>The face tracks that show the speaker.</summary>
    public int[] TrackIds { get; }

    public SpeakerModel Speaker { get; }

    public LipSeam Seam { get; }

    public CoverMasks Covers { get; }

    public ExemplarPicture[] Exemplars { get; }

    public PlannedFrame ReadFrame(int outputFrame)
    {
        Span<byte> bytes = stackalloc byte[PlannedFrame.Size];
        file.ReadExactly(bytes, framesAt + ((long)outputFrame * PlannedFrame.Size));
        return PlannedFrame.ReadFrom(bytes);
    }

    /// <summary>How a portrait holds itself in an output frame; null where nothing but the mouth moves.</summary>
    public LifePose? ReadLife(int outputFrame)
    {
        if (outputFrame >= lifePoses)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[LifePose.Size];
        file.ReadExactly(bytes, lifeAt + ((long)outputFrame * LifePose.Size));
        return MemoryMarshal.Read<LifePose>(bytes);
    }

    private static float[] ReadColumns(BinaryReader reader)
    {
        var columns = new float[LipSeam.Columns];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(columns.AsSpan()));
        return columns;
    }

    /// <summary>Fills the residual of a source frame that has a face.</summary>
    public void ReadResidual(int sourceFrame, Span<Vector2> residual) => residuals.Read(sourceFrame, residual);

    /// <summary>Fills the exemplar's bytes.</summary>
    public void ReadPicture(ExemplarPicture exemplar, Span<byte> bytes) => file.ReadExactly(bytes, exemplar.Offset);
}
