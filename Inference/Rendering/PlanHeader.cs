using System.Text;
using LipSync.Media;

namespace LipSync.Rendering;

/// <summary>What every plan begins with: who can draw it, and which source frame each output frame shows.</summary>
internal sealed record PlanHeader(string Renderer, FrameMap Map)
{
    private const uint Magic = 0x4E4C504C; // "LPLN"
    private const int Version = 3;

    public void WriteTo(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(Renderer);
        writer.Write((int)Map.Mode);
        writer.Write(Map.SourceFrames);
        writer.Write(Map.OutputFrames);
        writer.Write(Map.Held.Count);
        foreach (var (first, end, shown) in Map.Held)
        {
            writer.Write(first);
            writer.Write(end);
            writer.Write(shown);
        }
    }

    /// <exception cref="InvalidDataException">Not a plan, or one of another version.</exception>
    public static PlanHeader ReadFrom(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version)
        {
            throw new InvalidDataException($"This is not a mouth plan of version {Version}.");
        }

        var renderer = reader.ReadString();
        var map = new FrameMap((SyncMode)reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        var held = new HeldFrame[reader.ReadInt32()];
        for (var i = 0; i < held.Length; i++)
        {
            held[i] = new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        }

        return new PlanHeader(renderer, map with { Held = held });
    }
}
