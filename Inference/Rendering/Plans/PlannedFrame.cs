using LipSync.Rendering.Geometry;

namespace LipSync.Rendering.Plans;

/// <summary>What one output frame shall show.</summary>
/// <param name="Strength">0 leaves the picture untouched (no face, turned away, too small), 1 draws the mouth fully; between them the way in and out.</param>
/// <param name="Tuck">0 … 1: lower lip to the upper teeth.</param>
/// <param name="Exemplar">The speaker's own mouth laid over, by its number in the plan; <see cref="None"/> where the inner mouth is painted.</param>
/// <param name="Fading">The exemplar that comes or goes at a cut.</param>
/// <param name="Fade">Its share, 0 … 1.</param>
internal readonly record struct PlannedFrame(float Strength, MouthParameters Mouth, float Tuck, int Exemplar, int Fading, float Fade)
{
    public const int None = -1;

    public static PlannedFrame Untouched => new(0, default, 0, None, None, 0);

    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(Strength);
        writer.Write(Mouth.Opening);
        writer.Write(Mouth.Width);
        writer.Write(Mouth.Jaw);
        writer.Write(Tuck);
        writer.Write(Exemplar);
        writer.Write(Fading);
        writer.Write(Fade);
    }

    public static PlannedFrame ReadFrom(BinaryReader reader) => new(
        reader.ReadSingle(),
        new MouthParameters(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle()),
        reader.ReadSingle(),
        reader.ReadInt32(),
        reader.ReadInt32(),
        reader.ReadSingle());
}
