using System.Numerics;

namespace LipSync.Faces.Detection;

/// <summary>A face found in a picture; all in pixels.</summary>
/// <param name="RightEye">The person's right eye: the left one in the picture.</param>
/// <param name="Score">0 … 1.</param>
internal readonly record struct FaceDetection(
    float Left, float Top, float Width, float Height, Vector2 RightEye, Vector2 LeftEye, float Score)
{
    public float Overlap(FaceDetection other)
    {
        var width = MathF.Min(Left + Width, other.Left + other.Width) - MathF.Max(Left, other.Left);
        var height = MathF.Min(Top + Height, other.Top + other.Height) - MathF.Max(Top, other.Top);
        if (width <= 0 || height <= 0)
        {
            return 0;
        }

        var both = width * height;
        return both / ((Width * Height) + (other.Width * other.Height) - both);
    }

    /// <summary>
    /// Weighted non-maximum suppression: overlapping detections melt into their mean, weighted by score, which trembles less than
    /// the best one alone.
    /// </summary>
    public static List<FaceDetection> Suppress(IEnumerable<FaceDetection> found, float overlap)
    {
        var rest = found.OrderByDescending(face => face.Score).ToList();
        var kept = new List<FaceDetection>();
        while (rest.Count > 0)
        {
            var best = rest[0];
            kept.Add(Mean(rest.Where(face => face.Overlap(best) > overlap), best.Score));
            rest.RemoveAll(face => face.Overlap(best) > overlap || face == best);
        }

        return kept;
    }

    private static FaceDetection Mean(IEnumerable<FaceDetection> faces, float score)
    {
        var sum = default(FaceDetection);
        foreach (var face in faces)
        {
            var weight = face.Score;
            sum = new(
                sum.Left + (weight * face.Left), sum.Top + (weight * face.Top), sum.Width + (weight * face.Width), sum.Height + (weight * face.Height),
                sum.RightEye + (weight * face.RightEye), sum.LeftEye + (weight * face.LeftEye), sum.Score + weight);
        }

        return new(
            sum.Left / sum.Score, sum.Top / sum.Score, sum.Width / sum.Score, sum.Height / sum.Score,
            sum.RightEye / sum.Score, sum.LeftEye / sum.Score, score);
    }
}
