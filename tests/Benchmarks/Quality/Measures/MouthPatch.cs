using System.Numerics;
using LipSync.Basics;
using LipSync.Media;
using LipSync.Rendering.Geometry;

namespace LipSync.Benchmarks.Quality.Measures;

/// <summary>Cuts the mouth out of frames, always in the same place of the face and at the same scale, whatever the head does.</summary>
/// <param name="meanFace">The speaker's mean mesh in canonical coordinates.</param>
/// <param name="scale">Pixels to the eye distance.</param>
internal sealed class MouthPatch(Vector3[] meanFace, float scale)
{
    private const float HalfWidth = 0.42f;
    private const float Above = 0.22f;
    private const float Below = 0.38f;

    private readonly Vector3 centre = (meanFace[13] + meanFace[14]) / 2;
    private readonly int width = (int)(2 * HalfWidth * scale);
    private readonly int height = (int)((Above + Below) * scale);

    public Patch Cut(YuvFrame frame, HeadPose pose)
    {
        var values = new float[width * height];
        var luma = frame.Y;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var place = pose.ToPicture(centre + new Vector3((x / scale) - HalfWidth, (y / scale) - Above, 0));
                values[(y * width) + x] = Bilinear.At(luma, frame.Width, frame.Height, place.AsVector2());
            }
        }

        return new(values, width);
    }
}
