using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Media.Ffmpeg;
using LipSync.Models;
using LipSync.Rendering;
using LipSync.Reports.Pictures;

namespace LipSync.Reports;

/// <summary>Looks at a finished video again: finds its mouths anew, compares them with the plan, and tells people what it found.</summary>
/// <param name="map">Which source frame each output frame shows.</param>
/// <param name="faces">The source's faces: where they were, the output's speaker is.</param>
internal sealed class OutputReview(ModelCatalog models, PlannedMouths plan, FrameMap map, FaceTracks faces, ReviewRequest request)
{
    private readonly Speaker speaker = faces.SpeakerOf(plan.TrackIds);
    private readonly List<float> eyeDistances = [];
    private readonly float[] seen = [.. Enumerable.Repeat(float.NaN, plan.Frames.Count)];

    private int Fps => request.Info.Fps;

    public async Task<SyncReport> Run(CancellationToken cancellationToken)
    {
        using var scratch = new ScratchFolder(request.ContactSheet);
        using var sheet = new ContactSheet();
        var runs = ReviewRuns.Of(plan.Frames, Fps);
        for (var i = 0; i < runs.Count; i++)
        {
            var pictures = (ContactSheet.Pictures * (i + 1) / runs.Count) - (ContactSheet.Pictures * i / runs.Count);
            await Look(runs[i], pictures, sheet, scratch.File("faces"), cancellationToken);
        }

        var comparison = new MouthComparison(plan.Frames, seen, Fps);
        await sheet.Write(request.ContactSheet, Fps, frame => Shares(frame, comparison), frame => MarkOf(frame, comparison), cancellationToken);
        await File.WriteAllTextAsync(
            request.Plot, new MouthPlot(plan.Frames, seen, comparison, request.Report.Faces, Fps).Draw(), cancellationToken);
        var (opening, closures) = (comparison.Opening(), comparison.Closures());
        return SyncReport.Of(request.Report, Fps, opening, closures, [.. Warnings(comparison, opening, closures)]);
    }

    private async Task Look((int First, int Count) run, int pictures, ContactSheet sheet, string scratch, CancellationToken cancellationToken)
    {
        var shown = Enumerable.Range(0, pictures).Select(i => run.First + (((2 * i) + 1) * run.Count / (2 * pictures))).ToHashSet();
        var mesh = new Vector3[FaceTracks.MeshPoints];
        void Keep(int frame, YuvFrame picture)
        {
            if (shown.Contains(frame) && Expected(frame, mesh))
            {
                sheet.Take(frame, picture, FaceBox.Around(mesh));
            }
        }

        var mouths = await new OutputMouths(models, plan.MeanFace).Measure(
            request.Video, request.Info, run.First, run.Count, Expected, Keep, scratch, cancellationToken);
        for (var i = 0; i < mouths.Length; i++)
        {
            if (mouths[i] is { } mouth)
            {
                seen[run.First + i] = mouth.Mouth.Opening;
                eyeDistances.Add(mouth.Pose.Scale);
            }
        }
    }

    private bool Expected(int outputFrame, Span<Vector3> mesh) => faces.TryRead(speaker, map.SourceOf(outputFrame), mesh);

    private (float Planned, float Seen) Shares(int frame, MouthComparison comparison) => (
        plan.Frames[frame].IsDrawn ? comparison.Share(plan.Frames[frame].Opening) : float.NaN, comparison.Share(seen[frame]));

    private SheetMark MarkOf(int frame, MouthComparison comparison) => (plan.Frames[frame], StateAt(frame)) switch
    {
        ({ Strength: <= 0 }, _) => SheetMark.Untouched,
        ({ IsClosure: true }, _) when !float.IsNaN(seen[frame]) =>
            comparison.Share(seen[frame]) < MouthComparison.ClosedShare ? SheetMark.Closed : SheetMark.NotClosed,
        ({ IsDrawn: false }, _) or (_, FaceState.LowConfidence or FaceState.Held) => SheetMark.Unsure,
        _ => SheetMark.None,
    };

    private FaceState? StateAt(int frame) =>
        request.Report.Faces.FirstOrDefault(span => frame >= span.FirstFrame && frame < span.FirstFrame + span.Frames)?.State;

    private IEnumerable<string> Warnings(MouthComparison comparison, OpeningAgreement? opening, ClosureFigures closures) =>
    [
        .. FaceWarnings.Of(request.Report.Faces, Fps),
        .. SyncWarnings.OfSource(request.Report, isPicture: map.SourceFrames == 1),
        .. SyncWarnings.OfOutput(comparison, opening, closures, Quantile.UpperMedian(eyeDistances), Fps),
    ];
}
