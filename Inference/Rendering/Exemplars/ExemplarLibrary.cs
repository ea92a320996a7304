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
    private const int BlockSeconds = 2;

    /// <summary>Radians in a second.</summary>
    private const float FastestTurn = 1.25f;

    /// <summary>Canonical reach of the cut about the mouth: sideways, up, down. More than an overlay shows.</summary>
    private static readonly (float Side, float Up, float Down) Cut = (0.62f, 0.34f, 0.58f);

    /// <summary>What of it an overlay may show: all of this must lie in the picture.</summary>
    private static readonly (float Side, float Up, float Down) Shown = (0.55f, 0.26f, 0.46f);

    /// <summary>Canonical reach of the appearance patch.</summary>
    private static readonly (float Side, float Height) Patch = (0.36f, 0.26f);

    /// <summary>The mouths of one scene: they are shown in it only.</summary>
    public async Task<List<Exemplar>> Gather(
        string video, NormalVideo info, IReadOnlyList<SourceFace> faces, int sceneFirst, int sceneEnd, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var exemplars = new List<Exemplar>();
        foreach (var (first, end) in Runs(faces, sceneFirst, sceneEnd, info.Fps))
        {
            await using var reader = FrameReader.Open(video, info, first, end - first);
            var number = first;
            await foreach (var frame in reader.ReadAll(cancellationToken))
            {
                if (CanTake(faces, number, info.Fps) && Take(frame, number, faces[number]) is { } exemplar)
                {
                    exemplars.Add(exemplar);
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
    internal static IEnumerable<(int First, int End)> Runs(IReadOnlyList<SourceFace> faces, int sceneFirst, int sceneEnd, int fps)
    {
        var length = BlockSeconds * fps;
        var blocks = Enumerable.Range(sceneFirst, sceneEnd - sceneFirst).Where(number => CanTake(faces, number, fps))
            .Select(number => (number - sceneFirst) / length).Distinct().ToList();
        var taken = Math.Min(blocks.Count, MostExemplars / length);
        var (first, end) = (0, 0);
        for (var i = 0; i < taken; i++)
        {
            var next = sceneFirst + blocks[(int)((long)i * blocks.Count / taken)] * length;
            if (next != end)
            {
                if (end > first)
                {
                    yield return (first, end);
                }

                first = next;
            }

            end = Math.Min(next + length, sceneEnd);
        }

        if (end > first)
        {
            yield return (first, end);
        }
    }

    private static bool CanTake(IReadOnlyList<SourceFace> faces, int number, int fps) => faces[number].IsShowable && IsSteady(faces, number, fps);

    /// <summary>In a fast turn the picture is blurred and the mesh lags behind it.</summary>
    private static bool IsSteady(IReadOnlyList<SourceFace> faces, int number, int fps)
    {
        var fastest = FastestTurn / fps;
        var face = faces[number];
        return Near(number - 1) && Near(number + 1);

        bool Near(int neighbour) => neighbour < 0 || neighbour >= faces.Count
            || (MathF.Abs(faces[neighbour].Yaw - face.Yaw) < fastest && MathF.Abs(faces[neighbour].Pitch - face.Pitch) < fastest);
    }

    /// <summary>Null where the picture's edge cuts through what may be shown.</summary>
    private Exemplar? Take(YuvFrame frame, int number, SourceFace face)
    {
        var mesh = new Vector3[FaceTracks.MeshPoints];
        meshes(number, mesh);
        var pose = speaker.PoseOf(mesh);
        SpeakerModel.ToCanonical(pose, mesh, mesh);
        var centre = (speaker.Mean[13] + speaker.Mean[14]) / 2;
        if (!Bounds(pose, centre, Shown).LieIn(frame.Width, frame.Height))
        {
            return null;
        }

        var lips = Array.ConvertAll(Exemplar.LipPoints, point => mesh[point].AsVector2());
        var corner = pose.ToPicture(centre - new Vector3(Patch.Side, Patch.Height, 0));
        var (x, y) = (2 * Patch.Side * pose.AxisX, 2 * Patch.Height * pose.AxisY);
        using var picture = PlanarImage.Of(frame);
        var appearance = Appearance.Of(picture.Y, (new Point2f(corner.X, corner.Y), new Point2f(x.X, x.Y), new Point2f(y.X, y.Y)));
        var area = Bounds(pose, centre, Cut).Within(frame.Width, frame.Height);
        return new Exemplar(number, face, lips, appearance, said.InSource(number), area, picture.Pack(area));
    }

    private static RegionBounds Bounds(HeadPose pose, Vector3 centre, (float Side, float Up, float Down) reach)
    {
        var bounds = new RegionBounds();
        foreach (var (x, y) in ((float, float)[])[(-reach.Side, -reach.Up), (reach.Side, -reach.Up), (-reach.Side, reach.Down), (reach.Side, reach.Down)])
        {
            bounds.Include(pose.ToPicture(centre + new Vector3(x, y, 0)).AsVector2());
        }

        return bounds;
    }
}
