using System.Numerics;
using LipSync.Media;
using LipSync.Models;

namespace LipSync.Faces.Detection;

/// <summary>
/// MediaPipe BlazeFace (short range). The network sees 128 × 128 pixels and finds faces down to about an eighth of its view, so
/// the picture is searched whole, in overlapping squares of its short side, and, for small faces, of half of that.
/// Not thread-safe.
/// </summary>
internal sealed class FaceDetector(ModelCatalog models) : IDisposable
{
    private const int Side = 128;
    private const int ValuesPerAnchor = 16;
    private const float MinScore = 0.5f;
    private const float MaxOverlap = 0.3f;

    private readonly ModelSession session = models.Open(ModelCatalog.FaceDetection);
    private readonly FaceCrop crop = new(Side);

    /// <summary>The faces of the picture, best first.</summary>
    /// <param name="small">Also those of less than an eighth of the short side.</param>
    public List<FaceDetection> Detect(YuvFrame frame, bool small)
    {
        var found = new List<FaceDetection>();
        var shortSide = Math.Min(frame.Width, frame.Height);
        SearchSquares(frame, Math.Max(frame.Width, frame.Height), found);
        SearchSquares(frame, shortSide, found);
        if (small)
        {
            SearchSquares(frame, shortSide / 2, found);
        }

        return FaceDetection.Suppress(found, MaxOverlap);
    }

    /// <summary>Covers the picture with squares that overlap by at least half, so that no face is cut by all of them.</summary>
    private void SearchSquares(YuvFrame frame, int side, List<FaceDetection> found)
    {
        var columns = Steps(frame.Width, side);
        var rows = Steps(frame.Height, side);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                Search(frame, new(Centre(frame.Width, side, column, columns), Centre(frame.Height, side, row, rows), side, 0), found);
            }
        }
    }

    private static int Steps(int length, int side) => length <= side ? 1 : 1 + (int)Math.Ceiling(2.0 * (length - side) / side);

    private static float Centre(int length, int side, int step, int steps) =>
        steps == 1 ? (length - 1) / 2f : ((side - 1) / 2f) + ((float)(length - side) * step / (steps - 1));

    private void Search(YuvFrame frame, FaceBox view, List<FaceDetection> found)
    {
        session.Run(crop.Cut(frame, view), Side);
        var scores = session.Output(SsdAnchors.Count);
        var values = session.Output(SsdAnchors.Count * ValuesPerAnchor);
        var origin = new Vector2(view.X, view.Y) - new Vector2(view.Size / 2);
        for (var i = 0; i < scores.Length; i++)
        {
            var score = 1 / (1 + MathF.Exp(-scores[i]));
            if (score >= MinScore)
            {
                found.Add(Decode(values.Slice(i * ValuesPerAnchor, ValuesPerAnchor), SsdAnchors.Centres[i], origin, view.Size, score));
            }
        }
    }

    /// <summary>Centre, size and six points (right eye, left eye, nose, mouth, ears), each relative to the anchor in input pixels.</summary>
    private static FaceDetection Decode(ReadOnlySpan<float> values, Vector2 anchor, Vector2 origin, float scale, float score)
    {
        var centre = Point(values, 0, anchor, origin, scale);
        var size = new Vector2(values[2], values[3]) * (scale / Side);
        return new(
            centre.X - (size.X / 2), centre.Y - (size.Y / 2), size.X, size.Y,
            Point(values, 4, anchor, origin, scale), Point(values, 6, anchor, origin, scale), score);
    }

    private static Vector2 Point(ReadOnlySpan<float> values, int at, Vector2 anchor, Vector2 origin, float scale) =>
        origin + (scale * (anchor + (new Vector2(values[at], values[at + 1]) / Side)));

    public void Dispose()
    {
        session.Dispose();
        crop.Dispose();
    }
}
