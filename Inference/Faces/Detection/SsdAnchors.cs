using System.Numerics;

namespace LipSync.Faces.Detection;

/// <summary>
/// Anchor centres of the short-range model by the rule of MediaPipe's SsdAnchorsCalculator: input 128, strides 8, 16, 16, 16,
/// one aspect ratio and one interpolated scale, fixed size. Layers of equal stride share their grid, so each cell of the 16 × 16
/// grid carries two anchors and each of the 8 × 8 grid six.
/// </summary>
internal static class SsdAnchors
{
    public const int Count = 896;

    /// <summary>Centres in 0 … 1 of the input's side, in the order of the network's output.</summary>
    public static Vector2[] Centres { get; } = [.. Grid(cells: 16, perCell: 2), .. Grid(cells: 8, perCell: 6)];

    private static IEnumerable<Vector2> Grid(int cells, int perCell) =>
        from y in Enumerable.Range(0, cells)
        from x in Enumerable.Range(0, cells)
        from anchor in Enumerable.Range(0, perCell)
        select new Vector2(x + 0.5f, y + 0.5f) / cells;
}
