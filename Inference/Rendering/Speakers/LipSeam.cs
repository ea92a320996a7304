using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// Where closed lips really meet. The mesh guesses it a few pixels off, which would paint an opening mouth into a lip; the seam is
/// the darkest line between the lips.
/// </summary>
/// <param name="Offsets">Canonical distance down from the mesh's seam to the true one, for each column of the inner lips.</param>
internal sealed record LipSeam(float[] Offsets)
{
    private const int FramesLookedAt = 25;
    private const int Samples = 33;

    /// <summary>Lips further apart than this have no seam.</summary>
    private const float MostOpening = 0.035f;

    public static LipSeam AsMeshed => new(new float[Columns]);

    public static int Columns => FaceLandmarks.InnerUpper.Length;

    /// <summary>The offset in the middle of the mouth.</summary>
    public float Middle => Offsets[Columns / 2];

    /// <summary>Moves both inner lips' points of a canonical mesh or shape.</summary>
    public void Apply(Span<Vector2> shape)
    {
        for (var i = 1; i < Offsets.Length - 1; i++)
        {
            shape[FaceLandmarks.InnerUpper[i]].Y += Offsets[i];
            shape[FaceLandmarks.InnerLower[i]].Y += Offsets[i];
        }
    }

    /// <summary>Moves both inner lips' points of a picture's mesh.</summary>
    public void Apply(HeadPose pose, Span<Vector2> vertices)
    {
        for (var i = 1; i < Offsets.Length - 1; i++)
        {
            var move = pose.Displacement(new Vector2(0, Offsets[i]));
            vertices[FaceLandmarks.InnerUpper[i]] += move;
            vertices[FaceLandmarks.InnerLower[i]] += move;
        }
    }

    /// <summary>Looks at the first usable frames: the median of what they show.</summary>
    public static async Task<LipSeam> Measure(
        SpeakerModel speaker, MeshReader meshes, IReadOnlyList<SourceFace> faces, string video, NormalVideo info, CancellationToken cancellationToken)
    {
        var first = faces.TakeWhile(face => face.Fitness <= 0).Count();
        var columns = Enumerable.Range(0, Columns).Select(_ => new List<float>()).ToArray();
        using var frame = new YuvFrame(info.Width, info.Height);
        await using var reader = FrameReader.Open(video, info, first, Math.Min(FramesLookedAt, info.Frames - first));
        for (var number = first; await reader.Read(frame, cancellationToken); number++)
        {
            if (faces[number].Fitness > 0 && faces[number].Mouth.Opening < MostOpening)
            {
                Look(speaker, meshes, number, frame, columns);
            }
        }

        return new LipSeam(Smooth(Array.ConvertAll(columns, Quantile.UpperMedian)));
    }

    private static void Look(SpeakerModel speaker, MeshReader meshes, int number, YuvFrame frame, List<float>[] columns)
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        meshes(number, mesh);
        var scale = speaker.PoseOf(mesh).Scale;
        using var picture = PlanarImage.Of(frame);
        for (var i = 1; i < columns.Length - 1; i++)
        {
            var (top, bottom) = (mesh[FaceLandmarks.OuterUpper[i]].AsVector2(), mesh[FaceLandmarks.OuterLower[i]].AsVector2());
            var meshed = (mesh[FaceLandmarks.InnerUpper[i]].AsVector2() + mesh[FaceLandmarks.InnerLower[i]].AsVector2()) / 2;
            var share = Vector2.Dot(meshed - top, bottom - top) / (bottom - top).LengthSquared();
            columns[i].Add((Darkest(picture.Y, top, bottom) - share) * (bottom - top).Length() / scale);
        }
    }

    /// <summary>The share of the way between the outer lips at which the picture is darkest.</summary>
    private static float Darkest(Mat luma, Vector2 top, Vector2 bottom)
    {
        var (width, height) = (luma.Cols, luma.Rows);
        var (best, darkest) = (0.5f, float.MaxValue);
        for (var sample = Samples / 4; sample <= Samples * 3 / 4; sample++)
        {
            var share = sample / (float)(Samples - 1);
            var place = Vector2.Lerp(top, bottom, share);
            var (x, y) = (Math.Clamp((int)MathF.Round(place.X), 0, width - 1), Math.Clamp((int)MathF.Round(place.Y), 0, height - 1));
            var value = luma.Row<byte>(y)[x];
            if (value < darkest)
            {
                (best, darkest) = (share, value);
            }
        }

        return best;
    }

    private static float[] Smooth(float[] offsets)
    {
        var smooth = new float[offsets.Length];
        for (var i = 1; i < offsets.Length - 1; i++)
        {
            smooth[i] = (offsets[i - 1] + 2 * offsets[i] + offsets[i + 1]) / 4;
        }

        return smooth;
    }
}
