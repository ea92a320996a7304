using System.Xml.Linq;
using LipSync.Rendering;
using LipSync.Reports.Pictures;

namespace LipSync.Reports;

public class MouthPlotTests
{
    private const int Fps = 25;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(275, 1)]
    [InlineData(1000, 4)]
    [InlineData(45_000, 12)]
    public void Draw_AnyLength_IsOneDrawingOfFewRows(int frames, int rows)
    {
        var drawing = Draw(frames, [], closures: []);

        var lines = drawing.Descendants().Where(element => (string?)element.Attribute("stroke-linejoin") == "round").ToList();
        Assert.Equal(2 * rows, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain("NaN", (string)line.Attribute("d")!, StringComparison.Ordinal));
    }

    [Fact]
    public void Draw_ClosuresAndStretches_AreMarked()
    {
        var drawing = Draw(250, [new(0, 200, FaceState.Synced, null), new(200, 50, FaceState.PassedThrough, FaceReason.TurnedAway)], closures: [40, 80]);

        Assert.Equal(2, drawing.Descendants().Count(element => ((string?)element.Attribute("d"))?.EndsWith("h10l-5 8z", StringComparison.Ordinal) == true));
        Assert.Contains(drawing.Descendants(), element => element.Value == "turned away");
    }

    private static XElement Draw(int count, FaceSpan[] faces, int[] closures)
    {
        var frames = Enumerable.Range(0, count)
            .Select(i => new PlannedMouth(1, closures.Contains(i) ? 0 : 0.06f + (0.05f * MathF.Sin(i * 0.4f)), closures.Contains(i) ? 1 : 0)).ToArray();
        var seen = frames.Select(frame => frame.Opening).ToArray();
        return XElement.Parse(new MouthPlot(frames, seen, new(frames, seen, Fps), faces, Fps).Draw());
    }
}
