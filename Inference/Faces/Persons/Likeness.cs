using System.Numerics;
using LipSync.Basics;
using LipSync.Faces.Tracking;
using LipSync.Rendering.Geometry;

namespace LipSync.Faces.Persons;

/// <summary>What one track's face looks like on average, for telling persons apart.</summary>
/// <param name="Shape">Canonical mesh.</param>
/// <param name="Luma">Brightness of the inner face's cells; both halves alike, so that light from the side or a mirrored shot changes little.</param>
/// <param name="Chroma">Mean U and V of the skin.</param>
internal sealed record Likeness(Vector3[] Shape, float[] Luma, Vector2 Chroma)
{
    private const int FramesLookedAt = 20;

    // Differences at which shape, shading and colour say equally much. Between shots of one person with other zoom, place and pose
    // the shape differs by 0.009-0.018, the shading's r is 0.85-0.97, the skin's colour moves by less than 1 in the same light;
    // between persons 0.010-0.033, 0-0.8 and 5-8. No one of the three is enough.
    private const float ShapeUnit = 0.02f;
    private const float ShadingUnit = 0.25f;
    private const float ColourUnit = 5;

    /// <summary>Other light or another grade colours a face more than another person would.</summary>
    private const float MostColour = 1.5f;

    public static Likeness? Of(FaceTracks tracks, FaceTrack track, CancellationToken cancellationToken)
    {
        var length = track.LastFrame - track.FirstFrame + 1;
        var stride = Math.Max(1, length / FramesLookedAt);
        var looks = (length + stride - 1) / stride;
        bool Meshes(int look, Span<Vector3> mesh) => tracks.TryRead(track, track.FirstFrame + (look * stride), mesh);
        if (MeanFace.Of(Meshes, looks, cancellationToken) is not { } shape)
        {
            return null;
        }

        var (sum, count) = (new float[FaceThumbnail.Bytes], 0);
        var thumbnail = new byte[FaceThumbnail.Bytes];
        for (var look = 0; look < looks; look++)
        {
            if (tracks.TryReadThumbnail(track, track.FirstFrame + (look * stride), thumbnail))
            {
                count++;
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += thumbnail[i];
                }
            }
        }

        return new(shape, LumaOf(sum, count), ChromaOf(sum, count));
    }

    /// <summary>How different two faces look: one person's shots under 1.5, two persons over 3.4.</summary>
    public float DistanceTo(Likeness other)
    {
        var pose = PoseSolver.Solve(Shape, other.Shape, FaceLandmarks.Stable);
        var shape = 0f;
        foreach (var point in FaceLandmarks.Stable)
        {
            shape += (pose.ToCanonical(other.Shape[point]) - Shape[point]).AsVector2().LengthSquared() / FaceLandmarks.Stable.Length;
        }

        var shading = 1 - (float)Correlation.Pearson(Luma, other.Luma);
        return (shape / (ShapeUnit * ShapeUnit))
            + (shading * shading / (ShadingUnit * ShadingUnit))
            + MathF.Min(MostColour, Vector2.DistanceSquared(Chroma, other.Chroma) / (ColourUnit * ColourUnit));
    }

    private static float[] LumaOf(float[] sum, int count)
    {
        var ((left, top), (right, bottom)) = (FaceThumbnail.CellAt(-0.45f, -0.3f), FaceThumbnail.CellAt(0.45f, 0.95f));
        var luma = new List<float>();
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                luma.Add((sum[(row * FaceThumbnail.Width) + column] + sum[(row * FaceThumbnail.Width) + FaceThumbnail.Width - 1 - column]) / (2 * count));
            }
        }

        return [.. luma];
    }

    private static Vector2 ChromaOf(float[] sum, int count)
    {
        var ((left, top), (right, bottom)) = (FaceThumbnail.CellAt(-0.45f, -0.1f), FaceThumbnail.CellAt(0.45f, 0.7f));
        var (u, v, cells) = (0f, 0f, 0);
        for (var row = top / 2; row < bottom / 2; row++)
        {
            for (var column = left / 2; column < right / 2; column++)
            {
                var cell = (FaceThumbnail.Width * FaceThumbnail.Height) + (row * FaceThumbnail.Width / 2) + column;
                (u, v, cells) = (u + sum[cell], v + sum[cell + (FaceThumbnail.Width * FaceThumbnail.Height / 4)], cells + 1);
            }
        }

        return new Vector2(u, v) / (cells * count);
    }
}
