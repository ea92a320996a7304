using System.Globalization;
using System.Text;
using LipSync.Rendering;

namespace LipSync.Reports.Pictures;

/// <summary>
/// The mouth's opening over time as an SVG: planned and seen, closures marked, stretches without a drawn mouth shaded. Long
/// outputs break into rows, as on a chart recorder.
/// </summary>
internal sealed class MouthPlot(IReadOnlyList<PlannedMouth> frames, float[] seen, MouthComparison comparison, IReadOnlyList<FaceSpan> faces, int fps)
{
    private const int Width = 1240;
    private const int Left = 64;
    private const int Right = 20;
    private const int Head = 56;
    private const int RowHeight = 150;
    private const int PlotHeight = 96;
    private const int MostRows = 12;
    private const double UsualRow = 12;
    private const double ShortestRow = 3;
    private const float Highest = 1.25f;

    private static readonly double[] TickSeconds = [1, 2, 5, 10, 30, 60, 120, 300, 600];

    private readonly StringBuilder svg = new();
    private readonly double rowSeconds = Math.Max(
        Math.Clamp((double)frames.Count / fps, ShortestRow, UsualRow), Math.Ceiling((double)frames.Count / fps / MostRows));

    /// <summary>The plot's text.</summary>
    public string Draw()
    {
        var rows = Math.Max(1, (int)Math.Ceiling(frames.Count / (rowSeconds * fps)));
        var height = Head + (rows * RowHeight) + 8;
        Add($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="system-ui, sans-serif" font-size="12" fill="#222b35">""");
        Add($"""<defs><pattern id="left" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#eef1f4"/><rect width="2" height="7" fill="#d5dbe1"/></pattern></defs>""");
        Add($"""<rect width="100%" height="100%" fill="#fff"/>""");
        Legend();
        for (var row = 0; row < rows; row++)
        {
            Row(row * rowSeconds, Head + (row * RowHeight));
        }

        Add($"</svg>");
        return svg.ToString();
    }

    private void Legend()
    {
        Add($"""<text x="{Left}" y="20" font-size="14" font-weight="600">Opening of the mouth, per cent of the speaker's range</text>""");
        Add($"""<g transform="translate({Left} 38)"><path d="M0 0h26" stroke="#4a6fa5" stroke-width="1.6"/><text x="32" y="4">planned</text><path d="M100 0h26" stroke="#e07b1f" stroke-width="2"/><text x="132" y="4">seen in the output</text>""");
        Add($"""<path d="M262 -4l5 8 5 -8z" fill="#2e9e5b"/><text x="278" y="4">lips pressed, seen closed</text><path d="M436 -4l5 8 5 -8z" fill="#d03a3a"/><text x="452" y="4">not closed</text><path d="M532 -4l5 8 5 -8z" fill="#9aa5b1"/><text x="548" y="4">not looked at</text>""");
        Add($"""<rect x="644" y="-6" width="18" height="12" fill="url(#left)"/><text x="668" y="4">mouth not drawn</text><rect x="780" y="-6" width="18" height="12" fill="#fbf0cc"/><text x="804" y="4">unsure</text></g>""");
    }

    private void Row(double start, int top)
    {
        var first = (int)Math.Round(start * fps);
        var last = Math.Min(frames.Count, (int)Math.Round((start + rowSeconds) * fps));
        double X(double frame) => Left + ((frame - first) / (rowSeconds * fps) * (Width - Left - Right));
        double Y(float share) => top + PlotHeight - (Math.Clamp(share, 0, Highest) / Highest * PlotHeight);

        Shades(first, last, X, top);
        Axes(start, first, last, X, Y, top);
        Line(first, last, frame => frames[frame].IsDrawn ? frames[frame].Opening : float.NaN, X, Y, "#4a6fa5", 1.4);
        Line(first, last, frame => seen[frame], X, Y, "#e07b1f", 1.8);
        foreach (var closure in comparison.ClosureSpans().Where(closure => closure.First >= first && closure.First < last))
        {
            var colour = comparison.IsAchieved(closure) switch { true => "#2e9e5b", false => "#d03a3a", null => "#9aa5b1" };
            Add($"""<path d="M{X(closure.First + ((closure.Count - 1) / 2.0)) - 5:0.0} {top + PlotHeight + 4}h10l-5 8z" fill="{colour}"/>""");
        }
    }

    private void Shades(int first, int last, Func<double, double> x, int top)
    {
        foreach (var span in faces.Where(span => span.State != FaceState.Synced && span.FirstFrame < last && span.FirstFrame + span.Frames > first))
        {
            var (from, to) = (x(Math.Max(first, span.FirstFrame)), x(Math.Min(last, span.FirstFrame + span.Frames)));
            var fill = span.State == FaceState.PassedThrough ? "url(#left)" : "#fbf0cc";
            Add($"""<rect x="{from:0.0}" y="{top}" width="{to - from:0.0}" height="{PlotHeight}" fill="{fill}"/>""");
            if (to - from > 90 && span.Reason is { } reason)
            {
                Add($"""<text x="{(from + to) / 2:0.0}" y="{top + 14}" text-anchor="middle" fill="#5b6875">{Words(reason)}</text>""");
            }
        }
    }

    private void Axes(double start, int first, int last, Func<double, double> x, Func<float, double> y, int top)
    {
        var end = x(last);
        foreach (var share in (ReadOnlySpan<float>)[0, 0.5f, 1])
        {
            Add($"""<path d="M{Left} {y(share):0.0}H{end:0.0}" stroke="#dde3e8"/><text x="{Left - 8}" y="{y(share) + 4:0.0}" text-anchor="end" fill="#5b6875">{100 * share:0}</text>""");
        }

        Add($"""<path d="M{Left} {y(MouthComparison.ClosedShare):0.0}H{end:0.0}" stroke="#b9c3cc" stroke-dasharray="3 4"/>""");
        var every = TickSeconds.First(tick => tick >= rowSeconds / 24 || tick == TickSeconds[^1]);
        for (var second = Math.Ceiling(start / every) * every; second * fps <= last; second += every)
        {
            var at = x(second * fps);
            Add($"""<path d="M{at:0.0} {top + PlotHeight}v4" stroke="#9aa5b1"/><text x="{at:0.0}" y="{top + PlotHeight + 28}" text-anchor="middle" fill="#5b6875">{(int)second / 60}:{(int)second % 60:00}</text>""");
        }
    }

    private void Line(int first, int last, Func<int, float> opening, Func<double, double> x, Func<float, double> y, string colour, double width)
    {
        var path = new StringBuilder();
        var drawing = false;
        for (var frame = first; frame < last; frame++)
        {
            var value = opening(frame);
            if (!float.IsNaN(value))
            {
                path.Append(CultureInfo.InvariantCulture, $"{(drawing ? 'L' : 'M')}{x(frame):0.0} {y(comparison.Share(value)):0.0}");
            }

            drawing = !float.IsNaN(value);
        }

        if (path.Length > 0)
        {
            Add($"""<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linejoin="round"/>""");
        }
    }

    private static string Words(FaceReason reason) => reason switch
    {
        FaceReason.NoFace => "no face",
        FaceReason.TurnedAway => "turned away",
        FaceReason.TooSmall => "too small",
        FaceReason.Covered => "covered",
        FaceReason.OtherPerson => "another person",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    private void Add(FormattableString element) => svg.Append(element.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
