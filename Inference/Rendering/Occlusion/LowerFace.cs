using System.Numerics;
using LipSync.Faces.Tracking;

namespace LipSync.Rendering.Occlusion;

/// <summary>
/// The part of a face's thumbnail in which a mouth moves, in cells of about a thirteenth of the eye distance. It lies where the upper
/// face says, so what is before the mouth doesn't move it much.
/// </summary>
internal static class LowerFace
{
    public const int Columns = 16;
    public const int Rows = 14;
    public const int Cells = Columns * Rows;

    /// <summary>Y, U and V of each cell.</summary>
    public const int Values = 3 * Cells;

    private const int FirstColumn = (FaceThumbnail.Width - Columns) / 2;
    private const int FirstRow = FaceThumbnail.Height - Rows;

    /// <summary>The middle of a cell in eye distances from the eyes' middle, along the thumbnail's axes.</summary>
    public static Vector2 CentreOf(int cell) => new(
        ((FirstColumn + (cell % Columns) + 0.5f) / FaceThumbnail.Width * 2 * FaceThumbnail.Side) - FaceThumbnail.Side,
        ((FirstRow + (cell / Columns) + 0.5f) / FaceThumbnail.Height * (FaceThumbnail.Up + FaceThumbnail.Down)) - FaceThumbnail.Up);

    /// <summary>Column and row, in cells from the first one's middle, of a place in eye distances.</summary>
    public static Vector2 PlaceOf(Vector2 position) => (position - CentreOf(0)) / (CentreOf(Columns + 1) - CentreOf(0));

    public static float[] Read(ReadOnlySpan<byte> thumbnail)
    {
        const int luma = FaceThumbnail.Width * FaceThumbnail.Height;
        var values = new float[Values];
        for (var cell = 0; cell < Cells; cell++)
        {
            var (column, row) = (FirstColumn + (cell % Columns), FirstRow + (cell / Columns));
            var chroma = luma + (row / 2 * (FaceThumbnail.Width / 2)) + (column / 2);
            values[3 * cell] = thumbnail[(row * FaceThumbnail.Width) + column];
            values[(3 * cell) + 1] = thumbnail[chroma];
            values[(3 * cell) + 2] = thumbnail[chroma + (luma / 4)];
        }

        return values;
    }

    /// <summary>The mean of each cell and those around it.</summary>
    public static float[] Blur(ReadOnlySpan<float> cells)
    {
        var blurred = new float[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            var (sum, count) = (0f, 0);
            foreach (var near in Around(cell))
            {
                (sum, count) = (sum + cells[near], count + 1);
            }

            blurred[cell] = sum / count;
        }

        return blurred;
    }

    /// <summary>A cell and the up to eight that touch it.</summary>
    public static ReadOnlySpan<int> Around(int cell) => Neighbours[cell];

    private static readonly int[][] Neighbours = [.. Enumerable.Range(0, Cells).Select(cell => Enumerable.Range(0, Cells)
        .Where(near => Math.Abs((near % Columns) - (cell % Columns)) <= 1 && Math.Abs((near / Columns) - (cell / Columns)) <= 1).ToArray())];
}
