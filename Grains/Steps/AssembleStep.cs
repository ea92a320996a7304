using LipSync.Jobs;
using LipSync.Reports;
using LipSync.Storage;
using Microsoft.Extensions.Logging;

namespace LipSync.Steps;

/// <summary>Joins the chunks, muxes the speech into the finished video, and looks at it again.</summary>
public sealed partial class AssembleStep(ILipSyncEngine engine, IMediaStore store, ILogger<AssembleStep> logger)
{
    private const double AssemblyShare = 0.3;

    public async Task<AssembleResult> Run(AssembleOrder order, StepContext context, CancellationToken cancellationToken)
    {
        var file = context.File("output.mp4");
        await Assemble(order, file, cancellationToken);
        context.Progress.Report(AssemblyShare);
        var review = await Review(order, file, context, cancellationToken);

        // Last, for it moves the file; and who finds an output finds its review.
        await store.PutFile(order.OutputKey, file, cancellationToken);
        return new(order.OutputKey, order.Media.OutputFrames, review);
    }

    private async Task Assemble(AssembleOrder order, string file, CancellationToken cancellationToken)
    {
        List<LocalMedia> chunks = [];
        try
        {
            foreach (var key in order.ChunkKeys)
            {
                chunks.Add(await store.Materialize(key, cancellationToken));
            }

            using var speech = await store.Materialize(order.Media.SpeechKey, cancellationToken);
            await engine.Assemble(
                [.. chunks.Select(chunk => chunk.Path)], speech.Path, order.Media.OutputFrames, order.Media.Fps, file, cancellationToken);
        }
        finally
        {
            chunks.ForEach(chunk => chunk.Dispose());
        }
    }

    /// <summary>
    /// A review that fails is tried again with the whole item, like any failure of a machine. But what the customer pays for is the
    /// video: before the job would fail for its review alone, the video is delivered, and the report says that nobody checked it.
    /// </summary>
    private async Task<ReviewKeys> Review(AssembleOrder order, string output, StepContext context, CancellationToken cancellationToken)
    {
        var plan = await store.GetJson<PlanReport>(order.Analysis.PlanReportKey, cancellationToken);
        var keys = order.Review;
        SyncReport report;
        try
        {
            report = await Review(order, plan, output, context, cancellationToken);
        }
        catch (Exception exception) when (order.IsLastAttempt && !cancellationToken.IsCancellationRequested)
        {
            LogUnchecked(exception, context.JobId);
            keys = keys with { ContactSheetKey = null, PlotKey = null };
            report = SyncReport.Unchecked(plan, order.Media.Fps);
        }

        await store.PutJson(keys.ReportKey, report, cancellationToken);
        return keys;
    }

    private async Task<SyncReport> Review(
        AssembleOrder order, PlanReport plan, string output, StepContext context, CancellationToken cancellationToken)
    {
        using var faces = await store.Materialize(order.Analysis.FacesKey, cancellationToken);
        using var mouths = await store.Materialize(order.Analysis.PlanKey, cancellationToken);
        var (sheet, plot) = (context.File("contact-sheet.png"), context.File("mouth.svg"));
        var report = await engine.Review(
            new()
            {
                Video = output,
                Info = order.Media.ToNormalVideo() with { Frames = order.Media.OutputFrames },
                Faces = faces.Path,
                Plan = mouths.Path,
                Report = plan,
                ContactSheet = sheet,
                Plot = plot,
            },
            cancellationToken);
        await store.PutFile(order.Review.ContactSheetKey!, sheet, cancellationToken);
        await store.PutFile(order.Review.PlotKey!, plot, cancellationToken);
        return report;
    }
}
