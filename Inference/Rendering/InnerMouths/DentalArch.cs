using System.Numerics;

namespace LipSync.Rendering.InnerMouths;

/// <summary>
/// One row of teeth as it is seen from the front. The teeth stand on an ellipse that runs back into the mouth; turned with the head,
/// those further back shift further. All lengths in eye distances (about 90 mm).
/// </summary>
internal sealed class DentalArch
{
    /// <summary>The table's reach to either side of the face's middle.</summary>
    private const float Reach = 0.36f;
    private const int Columns = 240;
    private const float Step = 0.0008f;

    /// <summary>How far the front teeth lie behind the lips' surface.</summary>
    private const float BehindLips = 0.05f;

    /// <summary>How much a tooth's face bulges: the sideways part of its normal at its edges.</summary>
    private const float Bulge = 0.35f;

    private readonly Tooth[] columns = new Tooth[Columns];

    private DentalArch(ReadOnlySpan<(float Width, float Edge, float Point)> teeth, float halfWidth, float depth, float parallax)
    {
        Array.Fill(columns, new Tooth(0, 0, float.MaxValue, 0));
        var along = 0f;
        for (var angle = 0f; angle < MathF.PI / 2; angle += Step / halfWidth)
        {
            var (sine, cosine) = MathF.SinCos(angle);
            var (x, z) = (halfWidth * sine, BehindLips + depth * (1 - cosine));
            var tangent = Vector2.Normalize(new Vector2(halfWidth * cosine, depth * sine));
            along += Step / halfWidth * new Vector2(halfWidth * cosine, depth * sine).Length();
            if (Find(teeth, along) is not { } place)
            {
                break;
            }

            var (tooth, across) = place;
            var edge = teeth[tooth].Edge - teeth[tooth].Point * MathF.Pow(MathF.Abs(across), 2.5f);
            Set(x + parallax * z, new Tooth(edge, 1 - MathF.Abs(across), z, tangent.Y + Bulge * across));
            Set(-x + parallax * z, new Tooth(edge, 1 - MathF.Abs(across), z, -tangent.Y - Bulge * across));
        }
    }

    /// <summary>Widths from the crown widths of anatomy (Wheeler); edges and points from the usual smile line: side incisors shorter, canines pointed.</summary>
    /// <param name="parallax">Sideways shift in the picture for one unit of depth.</param>
    public static DentalArch Upper(float parallax) => new(
        [(0.094f, 0, 0.010f), (0.073f, -0.009f, 0.011f), (0.084f, -0.002f, 0.020f), (0.078f, -0.012f, 0.016f), (0.076f, -0.018f, 0.014f), (0.11f, -0.024f, 0.010f)],
        halfWidth: 0.30f, depth: 0.46f, parallax);

    /// <inheritdoc cref="Upper"/>
    public static DentalArch Lower(float parallax) => new(
        [(0.059f, 0, 0.004f), (0.066f, 0.001f, 0.005f), (0.077f, -0.003f, 0.012f), (0.078f, 0.004f, 0.012f), (0.079f, 0.008f, 0.010f)],
        halfWidth: 0.27f, depth: 0.42f, parallax);

    /// <summary>What stands at a canonical distance from the middle; a tooth without body far behind where nothing does.</summary>
    public Tooth At(float x)
    {
        var place = (x + Reach) / (2 * Reach) * (Columns - 1);
        if (place < 0 || place >= Columns - 1)
        {
            return new Tooth(0, 0, float.MaxValue, 0);
        }

        var (left, share) = ((int)place, place - (int)place);
        var (a, b) = (columns[left], columns[left + 1]);
        return a.Depth == float.MaxValue || b.Depth == float.MaxValue ? a with { Depth = float.MaxValue } : new Tooth(
            float.Lerp(a.Edge, b.Edge, share), float.Lerp(a.Body, b.Body, share), float.Lerp(a.Depth, b.Depth, share), float.Lerp(a.Facing, b.Facing, share));
    }

    private void Set(float x, Tooth tooth)
    {
        var column = (int)MathF.Round((x + Reach) / (2 * Reach) * (Columns - 1));
        if (column >= 0 && column < Columns && tooth.Depth < columns[column].Depth)
        {
            columns[column] = tooth;
        }
    }

    private static (int Tooth, float Across)? Find(ReadOnlySpan<(float Width, float Edge, float Point)> teeth, float along)
    {
        for (var tooth = 0; tooth < teeth.Length; along -= teeth[tooth].Width, tooth++)
        {
            if (along < teeth[tooth].Width)
            {
                return (tooth, 2 * along / teeth[tooth].Width - 1);
            }
        }

        return null;
    }
}

/// <param name="Edge">How much lower than the row's edge line it ends; negative is higher.</param>
/// <param name="Body">1 in its middle, 0 where it touches its neighbour.</param>
/// <param name="Depth">How far it lies behind the lips.</param>
/// <param name="Facing">Sideways part of its surface's normal: -1 to the picture's left, 1 to the right.</param>
internal readonly record struct Tooth(float Edge, float Body, float Depth, float Facing);
