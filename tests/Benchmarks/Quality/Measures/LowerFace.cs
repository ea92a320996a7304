using System.Numerics;
using LipSync.Media;
using LipSync.Rendering.Geometry;

namespace LipSync.Benchmarks.Quality.Measures;

/// <summary>
/// Where a mouth may change a picture: from under the nose's tip down over chin and throat, as wide as the face. All outside must
/// stay as it is.
/// </summary>
internal sealed class LowerFace(HeadPose pose, Vector3[] meanFace)
{
    private const float HalfWidth = 1.3f;
    private const float AboveNoseBase = 0.25f;
    private const float BelowChin = 0.8f;

    private readonly PictureToFace toFace = new(
        pose, new(meanFace[FaceLandmarks.NoseBase].X, meanFace[FaceLandmarks.NoseBase].Y), InPicture(pose, meanFace[FaceLandmarks.NoseBase]));
    private readonly float top = meanFace[FaceLandmarks.NoseBase].Y - AboveNoseBase;
    private readonly float bottom = meanFace[FaceLandmarks.Chin].Y + BelowChin;

    /// <summary>Adds up how two pictures differ outside.</summary>
    /// <returns>Samples compared, those that differ, and the sum of squared differences; luma and chroma together.</returns>
    public (long Samples, long Different, long Squares) Outside(YuvFrame one, YuvFrame other)
    {
        var luma = Outside(one.Y, other.Y, one.Width, 1);
        var blue = Outside(one.U, other.U, one.Width / 2, 2);
        var red = Outside(one.V, other.V, one.Width / 2, 2);
        return (luma.Samples + blue.Samples + red.Samples, luma.Different + blue.Different + red.Different, luma.Squares + blue.Squares + red.Squares);
    }

    private (long Samples, long Different, long Squares) Outside(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, int width, int scale)
    {
        var (samples, different, squares) = (0L, 0L, 0L);
        for (var i = 0; i < one.Length; i++)
        {
            if (!Holds(toFace.At(new(i % width * scale, i / width * scale))))
            {
                var difference = one[i] - other[i];
                (samples, different, squares) = (samples + 1, different + (difference == 0 ? 0 : 1), squares + (difference * difference));
            }
        }

        return (samples, different, squares);
    }

    private bool Holds(Vector2 place) => MathF.Abs(place.X) <= HalfWidth && place.Y >= top && place.Y <= bottom;

    private static Vector2 InPicture(HeadPose pose, Vector3 canonical)
    {
        var place = pose.ToPicture(canonical);
        return new(place.X, place.Y);
    }
}
