using LipSync.Jobs;
using LipSync.Media;
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
        var (bytes, sha256) = await Store(order.OutputKey, file, cancellationToken);
        return new(order.OutputKey, order.Media.OutputFrames, review, bytes, sha256);
    }

    /// <summary>
    /// Stores the finished video and reads it back: what a job is charged for must be there, whole. One reading more than a store that
    /// keeps its word needs; it is a small part of the work behind the video.
    /// </summary>
    /// <exception cref="IOException">The store holds something else, which is a failure of the machine: the item is tried again.</exception>
    private async Task<(long Bytes, string Sha256)> Store(string key, string file, CancellationToken cancellationToken)
    {
        var made = (Bytes: new FileInfo(file).Length, Sha256: await ContentHash.Of(file, cancellationToken));
        await store.PutFile(key, file, cancellationToken);

        await using var stored = await store.Open(key, cancellationToken) ?? throw new IOException($"{key} was stored and is not there.");
        return (stored.Length, await ContentHash.Of(stored, cancellationToken)) == made
            ? made
            : throw new IOException($"{key} was stored and does not read back as it was made.");
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
