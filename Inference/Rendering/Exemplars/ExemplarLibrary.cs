using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;
using LipSync.Rendering.Warping;
using OpenCvSharp;

namespace LipSync.Rendering.Exemplars;

/// <summary>Gathers a speaker's mouths from the source, whole runs of frames, since neighbours shown in order look alive.</summary>
internal sealed class ExemplarLibrary(SpeakerModel speaker, MeshReader meshes, SaidMouths said)
{
    /// <summary>Bounds memory and the plan's size: 20 s of a scene show all its mouths.</summary>
    private const int MostExemplars = 500;
    private const int BlockLength = 50;

    /// <summary>Radians from one frame to the next.</summary>
    private const float FastestTurn = 0.05f;

    /// <summary>Canonical reach of the cut about the mouth: sideways, up, down. More than an overlay shows.</summary>
    private static readonly (float Side, float Up, float Down) Cut = (0.62f, 0.34f, 0.58f);

    /// <summary>Canonical reach of the appearance patch.</summary>
    private static readonly (float Side, float Height) Patch = (0.36f, 0.26f);

    /// <summary>The mouths of one scene: they are shown in it only.</summary>
    public async Task<List<Exemplar>> Gather(
        string video, NormalVideo info, IReadOnlyList<SourceFace> faces, int sceneFirst, int sceneEnd, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var exemplars = new List<Exemplar>();
        foreach (var (first, end) in Runs(faces, sceneFirst, sceneEnd))
        {
            await using var reader = FrameReader.Open(video, info, first, end - first);
            var number = first;
            await foreach (var frame in reader.ReadAll(cancellationToken))
            {
                if (CanTake(faces, number))
                {
                    exemplars.Add(Take(frame, number, faces[number]));
                }

                number++;
                progress?.Report(number / (double)faces.Count);
            }
        }

        return exemplars;
    }

    /// <summary>
    /// The frames to read: of the blocks that show a mouth to take, all of a short scene, some spread evenly over a long one. Blocks
    /// side by side are one run.
    /// </summary>
    internal static IEnumerable<(int First, int End)> Runs(IReadOnlyList<SourceFace> faces, int sceneFirst, int sceneEnd)
    {
        var blocks = Enumerable.Range(sceneFirst, sceneEnd - sceneFirst).Where(number => CanTake(faces, number))
            .Select(number => (number - sceneFirst) / BlockLength).Distinct().ToList();
        var taken = Math.Min(blocks.Count, MostExemplars / BlockLength);
        var (first, end) = (0, 0);
        for (var i = 0; i < taken; i++)
        {
            var next = sceneFirst + blocks[(int)((long)i * blocks.Count / taken)] * BlockLength;
            if (next != end)
            {
                if (end > first)
                {
                    yield return (first, end);
                }

                first = next;
            }

            end = Math.Min(next + BlockLength, sceneEnd);
        }

        if (end > first)
        {
            yield return (first, end);
        }
    }

    private static bool CanTake(IReadOnlyList<SourceFace> faces, int number) => faces[number].IsShowable && IsSteady(faces, number);

    /// <summary>In a fast turn the picture is blurred and the mesh lags behind it.</summary>
    private static bool IsSteady(IReadOnlyList<SourceFace> faces, int number)
    {
        var face = faces[number];
        return Near(number - 1) && Near(number + 1);

        bool Near(int neighbour) => neighbour < 0 || neighbour >= faces.Count
            || (MathF.Abs(faces[neighbour].Yaw - face.Yaw) < FastestTurn && MathF.Abs(faces[neighbour].Pitch - face.Pitch) < FastestTurn);
    }

    private Exemplar Take(YuvFrame frame, int number, SourceFace face)
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        meshes(number, mesh);
        var pose = speaker.PoseOf(mesh);
        SpeakerModel.ToCanonical(pose, mesh, mesh);
        var lips = Array.ConvertAll(Exemplar.LipPoints, point => mesh[point].AsVector2());
        var centre = (speaker.Mean[13] + speaker.Mean[14]) / 2;
        var corner = pose.ToPicture(centre - new Vector3(Patch.Side, Patch.Height, 0));
        var (x, y) = (2 * Patch.Side * pose.AxisX, 2 * Patch.Height * pose.AxisY);
        using var picture = PlanarImage.Of(frame);
        var appearance = Appearance.Of(picture.Y, (new Point2f(corner.X, corner.Y), new Point2f(x.X, x.Y), new Point2f(y.X, y.Y)));
        var area = AreaOf(pose, centre, frame);
        return new Exemplar(number, face, lips, appearance, said.InSource(number), area, picture.Pack(area));
    }

    private static Rect AreaOf(HeadPose pose, Vector3 centre, YuvFrame frame)
    {
        ReadOnlySpan<Vector3> corners =
        [
            pose.ToPicture(centre + new Vector3(-Cut.Side, -Cut.Up, 0)), pose.ToPicture(centre + new Vector3(Cut.Side, -Cut.Up, 0)),
            pose.ToPicture(centre + new Vector3(-Cut.Side, Cut.Down, 0)), pose.ToPicture(centre + new Vector3(Cut.Side, Cut.Down, 0)),
        ];
        var bounds = new RegionBounds();
        foreach (var point in corners)
        {
            bounds.Include(point.AsVector2());
        }

        return bounds.Within(frame.Width, frame.Height);
    }
}
