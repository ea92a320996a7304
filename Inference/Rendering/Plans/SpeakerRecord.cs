using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Faces;
using LipSync.Rendering.Speakers;

namespace LipSync.Rendering.Plans;

/// <summary>A speaker model as bytes.</summary>
internal static class SpeakerRecord
{
    public static void Write(BinaryWriter writer, SpeakerModel speaker)
    {
        writer.Write(MemoryMarshal.AsBytes(speaker.Mean.AsSpan()));
        foreach (var offsets in new[] { speaker.Basis.Opening, speaker.Basis.Width, speaker.Basis.Jaw })
        {
            writer.Write(MemoryMarshal.AsBytes(offsets.AsSpan()));
        }
    }

    public static SpeakerModel Read(BinaryReader reader) => new(
        ReadArray<Vector3>(reader),
        new ShapeBasis(ReadArray<Vector3>(reader), ReadArray<Vector3>(reader), ReadArray<Vector3>(reader)));

    private static T[] ReadArray<T>(BinaryReader reader)
        where T : unmanaged
    {
        var values = new T[FaceTracks.MeshPoints];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
