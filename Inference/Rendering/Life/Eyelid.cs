using System.Numerics;
using LipSync.Basics;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Life;

/// <summary>
/// The upper lid of one eye. Closing, it comes down over the eyeball, which stays as it is: the skin between lid and brow stretches,
/// the lashes at its edge don't.
/// </summary>
internal sealed class Eyelid
{
    private const int Columns = 64;

    /// <summary>Lengths in eye distances: how far below and above the mesh's lid its lashes reach, the softness of its rim.</summary>
    private const float LashesBelow = 0.010f;
    private const float Lashes = 0.045f;
    private const float Soft = 0.006f;

    /// <summary>What is left of the lashes' height on a closed lid: they have turned towards the viewer.</summary>
    private const float Foreshortened = 0.4f;

    /// <summary>The share of the skin up to the brow that stretches, and how far past the lower lid's line the closed lid comes.</summary>
    private const float Stretching = 0.8f;
    private const float Overlap = 0.004f;

    private readonly Vector2 corner;
    private readonly Vector2 along;
    private readonly Vector2 down;
    private readonly float length;
    private readonly float scale;
    private readonly float[] upper;
    private readonly float[] lower;
    private readonly float[] brow;

    /// <param name="mesh">Of the picture, in pixels.</param>
    /// <param name="upper">Mesh points of the upper lid from the picture's left to its right, corners included.</param>
    /// <param name="scale">Pixels per eye distance.</param>
    public Eyelid(ReadOnlySpan<Vector3> mesh, ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, ReadOnlySpan<int> brow, float scale)
    {
        this.scale = scale;
        corner = mesh[upper[0]].AsVector2();
        var axis = mesh[upper[^1]].AsVector2() - corner;
        length = axis.Length();
        along = axis / length;
        down = new Vector2(-along.Y, along.X);
        this.upper = Heights(mesh, upper);
        this.lower = Heights(mesh, lower);
        this.brow = Heights(mesh, brow);
    }

    /// <summary>What the lid can cover, grown by some pixels.</summary>
    public Rect Region(int margin, Rect within)
    {
        var bounds = new RegionBounds();
        foreach (var u in (ReadOnlySpan<float>)[0, length])
        {
            bounds.Include(corner + u * along + (brow.Min() - margin) * down - new Vector2(margin));
            bounds.Include(corner + u * along + (lower.Max() + margin) * down + new Vector2(margin));
        }

        return bounds.Within(within.Right, within.Bottom).Intersect(within);
    }

    /// <summary>Where a place of the picture comes from when the lid is closed so far, and how much of it is lid.</summary>
    public (Vector2 Source, float Alpha) At(Vector2 place, float closed)
    {
        var offset = place - corner;
        var (u, v) = (Vector2.Dot(offset, along), Vector2.Dot(offset, down));
        if (u <= 0 || u >= length)
        {
            return (place, 0);
        }

        var column = u / length * (Columns - 1);
        var open = At(upper, column) + LashesBelow * scale * Lens(u);
        var shut = At(lower, column) + Overlap * scale * Lens(u);
        var edge = float.Lerp(open, MathF.Max(open, shut), closed);
        var skin = Stretching * MathF.Max(1, open - At(brow, column));
        var above = edge - v;
        var reach = edge - open + skin;
        var soft = MathF.Max(0.7f, Soft * scale);
        if (above <= -soft || above >= reach)
        {
            return (place, 0);
        }

        var lashes = MathF.Min(Lashes * scale, 0.5f * skin);
        var shown = lashes * float.Lerp(1, Foreshortened, closed * Lens(u));
        var from = above <= shown ? above * lashes / shown : lashes + (above - shown) * (skin - lashes) / (reach - shown);
        return (corner + u * along + (open - from) * down, Hermite.SmoothStep(-soft, soft, above) * Hermite.SmoothStep(0, 0.6f, edge - open));
    }

    /// <summary>Where a place of the picture comes from when the eyeball has turned: what lies within the lids moves, they don't.</summary>
    /// <param name="gaze">Eye distances to the right.</param>
    public Vector2 Look(Vector2 place, float gaze)
    {
        var offset = place - corner;
        var (u, v) = (Vector2.Dot(offset, along), Vector2.Dot(offset, down));
        if (u <= 0 || u >= length)
        {
            return place;
        }

        var column = u / length * (Columns - 1);
        var (top, bottom) = (At(upper, column), At(lower, column));
        var height = (v - top) / MathF.Max(1, bottom - top);
        var follows = Hermite.SmoothStep(0, 0.3f, MathF.Min(height, 1 - height)) * Hermite.SmoothStep(0, 0.25f, MathF.Min(u, length - u) / length);
        return place - follows * gaze * scale * along;
    }

    /// <summary>0 at the eye's corners, 1 between them.</summary>
    private float Lens(float u) => MathF.Min(1, 6 * MathF.Min(u, length - u) / length);

    private static float At(float[] heights, float column)
    {
        var left = Math.Min((int)column, Columns - 2);
        return float.Lerp(heights[left], heights[left + 1], column - left);
    }

    /// <summary>A row of points as heights over the way along the eye, smoothed to a curve.</summary>
    private float[] Heights(ReadOnlySpan<Vector3> mesh, ReadOnlySpan<int> row)
    {
        var heights = new float[Columns];
        for (var column = 0; column < Columns; column++)
        {
            var u = column * length / (Columns - 1);
            var i = 1;
            while (i < row.Length - 1 && Along(mesh[row[i]]) < u)
            {
                i++;
            }

            var (from, to) = (mesh[row[i - 1]], mesh[row[i]]);
            var share = Math.Clamp((u - Along(from)) / MathF.Max(1e-3f, Along(to) - Along(from)), 0, 1);
            heights[column] = float.Lerp(Down(from), Down(to), share);
        }

        for (var pass = 0; pass < 12; pass++)
        {
            var before = heights.ToArray();
            for (var column = 1; column < Columns - 1; column++)
            {
                heights[column] = (before[column - 1] + 2 * before[column] + before[column + 1]) / 4;
            }
        }

        return heights;
    }

    private float Along(Vector3 point) => Vector2.Dot(point.AsVector2() - corner, along);

    private float Down(Vector3 point) => Vector2.Dot(point.AsVector2() - corner, down);
}
