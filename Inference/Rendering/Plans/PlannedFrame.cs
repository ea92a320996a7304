using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Plans;

/// <summary>What one output frame shall show.</summary>
/// <param name="Strength">0 leaves the picture untouched (no face, turned away, too small), 1 draws the mouth fully; between them the way in and out.</param>
/// <param name="Tuck">0 … 1: lower lip to the upper teeth.</param>
/// <param name="Exemplar">The speaker's own mouth laid over, by its number in the plan; <see cref="None"/> where the inner mouth is painted.</param>
/// <param name="Fading">The exemplar that comes or goes at a cut.</param>
/// <param name="Fade">Its share, 0 … 1.</param>
/// <param name="Closure">0 … 1: lips pressed for p, b, m; already part of <paramref name="Mouth"/>, kept for whoever checks the result.</param>
/// <param name="Tongue">0 … 1: the tongue's tip behind the upper teeth; painted mouths show it.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PlannedFrame(float Strength, MouthParameters Mouth, float Tuck, int Exemplar, int Fading, float Fade, float Closure = 0, float Tongue = 0)
{
    public const int None = -1;

    public static PlannedFrame Untouched => new(0, default, 0, None, None, 0);

    /// <summary>The mouth is drawn, and none of the speaker's own is laid over.</summary>
    public bool IsPainted => Strength > 0 && Exemplar == None;

    /// <summary>Bytes of a frame in the plan's file: its fields in order, 32 bits each.</summary>
    public static int Size => Unsafe.SizeOf<PlannedFrame>();

    public void WriteTo(BinaryWriter writer) => writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<PlannedFrame>(in this)));

    public static PlannedFrame ReadFrom(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<PlannedFrame>(bytes);
}
