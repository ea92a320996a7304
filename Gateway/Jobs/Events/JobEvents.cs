using System.Text.Json;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Lipsync;
using LipSync.Gateway.Security;
using LipSync.Jobs;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Jobs.Events;

/// <summary>
/// Writes what becomes of a job as server-sent events until it ends. The job is asked again and again: unlike a subscription, that
/// outlives the silo on which it was made.
/// </summary>
public sealed partial class JobEvents(
    IGrainFactory grains,
    StatusAnswers answers,
    StandingAccess access,
    IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
    TimeProvider time,
    ILogger<JobEvents> logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Proxies close connections on which nothing comes for half a minute or a minute.</summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What is new in an event, as its id: on whichever gateway a client resumes, it is told by this whether what it has seen is
    /// still so. Times aren't part of it, they change by themselves.
    /// </summary>
    public static string IdOf(JobView job) => IsLast(job)
        ? job.Status.ToString().ToLowerInvariant()
        : $"{job.Status}.{job.Stage}.{job.Progress}.{job.QueuePosition}".ToLowerInvariant();

    /// <summary>Whether nothing comes after this event.</summary>
    public static bool IsLast(JobView job) => job.Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;

    /// <summary>Ends after the last event, when the job is deleted, when the caller's key or session ends, and when the client hangs up.</summary>
    /// <param name="seen">Id of the last event that the client has seen; null: none.</param>
    public async Task Write(HttpContext context, string jobId, string accountId, string? seen, CancellationToken cancellationToken)
    {
        try
        {
            await Begin(context.Response, cancellationToken);
            await WriteAll(context, jobId, accountId, seen, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client hung up, or this gateway stops.
        }
    }

    private static async Task Begin(HttpResponse response, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await response.WriteAsync("retry: 2000\n\n", cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    private async Task WriteAll(HttpContext context, string jobId, string accountId, string? seen, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var written = time.GetTimestamp();
        do
        {
            try
            {
                if (!await access.Holds(context) || await grains.GetGrain<IJobGrain>(jobId).Describe(accountId).WaitAsync(Patience, time, cancellationToken) is not { } job)
                {
                    return;
                }

                if (IdOf(job) is var id && id != seen)
                {
                    await Send(context.Response, await EventOf(context.Request, id, job, cancellationToken), cancellationToken);
                    (seen, written) = (id, time.GetTimestamp());
                }

                if (IsLast(job))
                {
                    return;
                }
            }
            catch (Exception exception) when (BrokenMachine.IsBehind(exception) && !cancellationToken.IsCancellationRequested)
            {
                LogAgain(exception, jobId);
            }

            if (time.GetElapsedTime(written) >= KeepAlive)
            {
                await Send(context.Response, ": still here\n\n", cancellationToken);
                written = time.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task<string> EventOf(HttpRequest request, string id, JobView job, CancellationToken cancellationToken)
    {
        var data = JsonSerializer.Serialize(await answers.Describe(request, job, cancellationToken), json.Value.SerializerOptions);
        return $"id: {id}\nevent: {(IsLast(job) ? id : "status")}\ndata: {data}\n\n";
    }

    private static async Task Send(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "Job {JobId} could not be asked for its events; it is asked again.")]
    private partial void LogAgain(Exception exception, string jobId);
}
