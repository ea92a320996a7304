using System.Numerics;

namespace LipSync.Rendering.InnerMouths;

/// <summary>The edge of a lip as a height over the way across the mouth, canonical.</summary>
internal readonly struct LipRow
{
    private readonly Vector2[] row;

    public LipRow(ReadOnlySpan<Vector2> shape, ReadOnlySpan<int> points)
    {
        row = new Vector2[points.Length];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = shape[points[i]];
        }
    }

    public float Left => row[0].X;

    public float Right => row[^1].X;

    public float At(float x)
    {
        var i = 1;
        while (i < row.Length - 1 && row[i].X < x)
        {
            i++;
        }

        var (from, to) = (row[i - 1], row[i]);
        var share = Math.Clamp((x - from.X) / MathF.Max(1e-5f, to.X - from.X), 0, 1);
        return float.Lerp(from.Y, to.Y, share);
    }
}
