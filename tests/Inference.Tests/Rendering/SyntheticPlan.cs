using System.Numerics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Life;
using LipSync.Rendering.Occlusion;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;
using OpenCvSharp;

namespace LipSync.Rendering;

/// <summary>A plan over a synthetic face, one output frame for each source frame, ready to draw from.</summary>
internal sealed class SyntheticPlan : IDisposable
{
    public const int Width = 360;
    public const int Height = 440;

    private readonly TemporaryFolder folder = new();
    private readonly FileStream file;

    public SyntheticPlan(IReadOnlyList<PlannedFrame> frames, IReadOnlyList<Exemplar>? library = null, LipSeam? seam = null, LifePose[]? life = null, CoverMasks? covers = null)
    {
        file = new FileStream(folder.File("plan"), FileMode.Create, FileAccess.ReadWrite);
        using (var writer = new MouthPlanWriter(file))
        {
            writer.WriteSpeaker([0], Speaker);
            SourceFaces.Measure(Speaker, Read, frames.Count, new Scenes([]), new ResidualWriter(Speaker, file, fps: 25), CancellationToken.None);
            PlannedFrame[] planned = [.. frames];
            writer.WriteExemplars(planned, Enumerable.Range(0, planned.Length), library ?? []);
            writer.WriteFrames(planned, seam ?? LipSeam.AsMeshed, covers ?? CoverMasks.None, life ?? []);
        }

        file.Position = 0;
        Plan = new MouthPlan(new FrameMap(SyncMode.CutOff, frames.Count, frames.Count), file);
        Renderer = new MouthRenderer(Plan, Read, EngineParts.All);
    }

    public MouthPlan Plan { get; }

    public MouthRenderer Renderer { get; }

    public static HeadPose Pose { get; } = SyntheticFace.Pose(140, 180, 140);

    public static Vector3[] Mesh { get; } = SyntheticFace.InPicture(SyntheticFace.Canonical(), Pose);

    public static SpeakerModel Speaker { get; } = SpeakerModel.Learn(Read, 1, CancellationToken.None)!;

    /// <summary>A mouth of the face's own shape but for its opening.</summary>
    public static MouthParameters Open(float opening) => Speaker.MeanParameters with { Opening = opening };

    /// <summary>An exemplar cut from a painted picture.</summary>
    public static Exemplar CutFrom(int number)
    {
        var area = new Rect(90, 190, 180, 130);
        var picture = new byte[YuvFrame.ByteCount(area.Width, area.Height)];
        new Random(number).NextBytes(picture);
        return new Exemplar(0, default, [], new Appearance([], 0), SaidMouth.Unknown, area, picture);
    }

    public YuvFrame Draw(int frame)
    {
        var picture = new YuvFrame(Width, Height);
        TestVideo.Paint(picture, 3);
        Renderer.Render(frame, picture);
        return picture;
    }

    public void Dispose()
    {
        Renderer.Dispose();
        file.Dispose();
        folder.Dispose();
    }

    private static bool Read(int frame, Span<Vector3> mesh)
    {
        Mesh.CopyTo(mesh);
        return true;
    }
}
