using LipSync.Faces.Tracking;
using LipSync.Media;
using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Occlusion;

public class CoverMasksTests
{
    [Fact]
    public void Read_WrittenMasks_AreTheSame()
    {
        var covered = new bool[LowerFace.Cells];
        covered[3] = covered[100] = covered[^1] = true;
        var written = new CoverMasks();
        written.Add(7, covered);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        written.Write(writer);
        stream.Position = 0;

        var read = CoverMasks.Read(new BinaryReader(stream));

        var cells = new float[LowerFace.Cells];
        Assert.False(read.TryRead(6, cells));
        Assert.True(read.TryRead(7, cells));
        Assert.Equal(covered, cells.Select(cell => cell == 1));
    }

    [Fact]
    public void Render_RightHalfCovered_StaysTheSourceThere()
    {
        var (mouth, covers) = (SyntheticPlan.Open(0.1f), new CoverMasks());
        covers.Add(0, [.. Enumerable.Range(0, LowerFace.Cells).Select(cell => LowerFace.CentreOf(cell).X > 0)]);
        PlannedFrame[] frames = [new(1, mouth, 0, PlannedFrame.None, PlannedFrame.None, 0)];
        using var free = new SyntheticPlan(frames);
        using var plan = new SyntheticPlan(frames, covers: covers);
        using var source = new YuvFrame(SyntheticPlan.Width, SyntheticPlan.Height);
        TestVideo.Paint(source, 3);
        using var made = plan.Draw(0);
        using var drawn = free.Draw(0);
        var middle = (int)FaceThumbnail.Axes(SyntheticPlan.Mesh).Origin.X;

        var (right, left) = (0, 0);
        for (var i = 0; i < made.Y.Length; i++)
        {
            var column = i % made.Width;
            if (column > middle)
            {
                right += drawn.Y[i] != source.Y[i] ? 1 : 0;
                Assert.Equal(source.Y[i], made.Y[i]);
            }
            else if (column < middle - 20)
            {
                left += made.Y[i] != source.Y[i] ? 1 : 0;
                Assert.Equal(drawn.Y[i], made.Y[i]);
            }
        }

        Assert.InRange(right, 1000, int.MaxValue);
        Assert.InRange(left, 1000, int.MaxValue);
    }
}
