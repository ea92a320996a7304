using LipSync.Gateway.Media;
using LipSync.Gateway.Reports;
using LipSync.Jobs;

namespace LipSync.Gateway.Lipsync;

/// <summary>Makes a job's answer whole: links signed anew, and the report from the media store.</summary>
public sealed class StatusAnswers(MediaLinks links, ReviewReader reviews)
{
    public async Task<StatusAnswer> Describe(HttpRequest request, JobView job, CancellationToken cancellationToken)
    {
        var report = job.Report is { } facts ? ReportAnswer.From(facts, await reviews.Read(job.Review, cancellationToken)) with
        {
            ContactSheetUrl = await Link(job.Review?.ContactSheetKey),
            PlotUrl = await Link(job.Review?.PlotKey),
        } : null;
        return StatusAnswer.From(job, await Link(job.OutputKey), report);

        Task<string?> Link(string? key) => links.CreateForOutput(request, key, job.OutputExpiresAt, cancellationToken);
    }
}
