using System.Numerics;
using LipSync.Faces;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;
using LipSync.Rendering.Warping;

namespace LipSync.Rendering;

public class SpeakerModelTests
{
    private const int Frames = 60;

    [Fact]
    public void Learn_TalkingSpeaker_LearnsHisOwnMovement()
    {
        var speaker = Learn(frame => SyntheticFace.Canonical(opening: 0.06f + 0.06f * MathF.Sin(frame), jaw: 0.05f * MathF.Cos(frame)));

        // His lower lip does 0.83 of the movement; the prior's does 0.92.
        Assert.Equal(0.83, speaker.Basis.Opening[14].Y, 0.03);
        Assert.Equal(-0.17, speaker.Basis.Opening[13].Y, 0.03);
    }

    [Fact]
    public void Learn_SilentSpeaker_KeepsTheGenericMovement()
    {
        var speaker = Learn(_ => SyntheticFace.Canonical());

        Assert.Equal(0.92, speaker.Basis.Opening[14].Y, 0.03);
        Assert.Equal(0.88, speaker.Basis.Jaw[FaceLandmarks.Chin].Y, 0.02);
    }

    [Fact]
    public void Learn_NeverSeen_IsNull() => Assert.Null(SpeakerModel.Learn((_, _) => false, Frames, CancellationToken.None));

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.01)]
    [InlineData(0.08)]
    [InlineData(0.15)]
    public void Solve_AnyOpening_IsReachedExactly(float opening)
    {
        var speaker = Learn(_ => SyntheticFace.Canonical());
        var shape = new Vector2[FaceTracks.MeshPoints];

        TargetShape.Solve(speaker, new Vector2[FaceTracks.MeshPoints], speaker.MeanParameters with { Opening = opening }, 0, shape);

        Assert.Equal(opening, MouthParameters.OpeningOf(shape), 1e-3);
    }

    [Fact]
    public void Solve_ClosedMouth_LipsTouchAndNeverCross()
    {
        var speaker = Learn(_ => SyntheticFace.Canonical(opening: 0.08f));
        var shape = new Vector2[FaceTracks.MeshPoints];

        // An expression that would push the lower lip through the upper one on the left and keep it off on the right.
        var residual = new Vector2[FaceTracks.MeshPoints];
        residual[FaceLandmarks.InnerLower[2]].Y = -0.06f;
        residual[FaceLandmarks.InnerLower[^3]].Y = 0.06f;

        TargetShape.Solve(speaker, residual, speaker.MeanParameters with { Opening = 0 }, 0, shape);

        for (var i = 1; i < FaceLandmarks.InnerUpper.Length - 1; i++)
        {
            Assert.InRange(shape[FaceLandmarks.InnerLower[i]].Y - shape[FaceLandmarks.InnerUpper[i]].Y, 0, 1e-3f);
        }
    }

    [Fact]
    public void ClosedSeam_OpenMouth_LiesWhereItsLipsMeet()
    {
        var speaker = Learn(frame => SyntheticFace.Canonical(opening: 0.06f + 0.06f * MathF.Sin(frame)));
        var closed = speaker.ClosedSeam(InMean(speaker, SyntheticFace.Canonical(opening: 0)));

        Assert.Equal(closed, speaker.ClosedSeam(InMean(speaker, SyntheticFace.Canonical(opening: 0.12f))), 5e-3f);
    }

    [Fact]
    public void Mask_UpperFace_NeverMoves()
    {
        var speaker = Learn(_ => SyntheticFace.Canonical());

        Assert.All([33, 263, 10, 168, 4, 50, 280], point => Assert.Equal(0, speaker.Mask[point]));
        Assert.All([13, 14, 17, 152], point => Assert.Equal(1, speaker.Mask[point], 1e-3));
    }

    [Fact]
    public void Displace_NoddedHead_PutsTheLipWhereAClosingJawBringsIt()
    {
        var speaker = Learn(frame => SyntheticFace.Canonical(opening: 0.1f + (0.1f * MathF.Sin(frame))));
        var nod = Matrix4x4.CreateRotationX(-0.4f);
        var pose = new HeadPose(
            new Vector3(300, 200, 0), 150 * Vector3.TransformNormal(Vector3.UnitX, nod), 150 * Vector3.TransformNormal(Vector3.UnitY, nod), 150 * Vector3.TransformNormal(Vector3.UnitZ, nod));
        var (open, closed) = (SyntheticFace.InPicture(SyntheticFace.Canonical(opening: 0.2f), pose), SyntheticFace.InPicture(SyntheticFace.Canonical(opening: 0.01f), pose));
        var seen = speaker.PoseOf(open);
        var shape = new Vector2[FaceTracks.MeshPoints];
        TargetShape.Solve(speaker, new Vector2[FaceTracks.MeshPoints], MouthParameters.Of(InMean(speaker, [.. closed])), 0, shape);
        var (placed, target) = (new Vector2[WarpMesh.VertexCount], new Vector2[WarpMesh.VertexCount]);
        var warp = new WarpMesh(speaker);

        warp.Place(seen, open, placed);
        warp.Displace(seen, InMean(speaker, open), placed, shape, target);

        Assert.Equal(closed[14].Y - closed[13].Y, target[14].Y - target[13].Y, 0.8f);
    }

    private static Vector3[] InMean(SpeakerModel speaker, Vector3[] face)
    {
        SpeakerModel.ToCanonical(speaker.PoseOf(face), face, face);
        return face;
    }

    private static SpeakerModel Learn(Func<int, Vector3[]> faces)
    {
        bool Read(int frame, Span<Vector3> mesh)
        {
            SyntheticFace.InPicture(faces(frame), SyntheticFace.Pose(150, 300 + frame, 200, 0.1f * MathF.Sin(frame * 0.1f))).CopyTo(mesh);
            return true;
        }

        return SpeakerModel.Learn(Read, Frames, CancellationToken.None)!;
    }
}
