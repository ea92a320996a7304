using System.Text.Json;
using LipSync.Cli.Output;
using LipSync.Cli.Service;
using Spectre.Console;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>Waits for a job and shows how far it is: stage, percent, time left.</summary>
public static class JobProgress
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <returns>The status with which the job ended.</returns>
    public static async Task<JsonElement> Follow(ServiceClient service, string jobId, Terminal terminal, bool quiet, CancellationToken cancellationToken)
    {
        if (quiet)
        {
            return await Poll(service, jobId, static _ => { }, cancellationToken);
        }

        return await terminal.Progress.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("queued", maxValue: 100);
                return await Poll(service, jobId, status =>
                {
                    bar.Value = status.Number("progress");
                    bar.Description = Markup.Escape(Describe(status));
                }, cancellationToken);
            });
    }

    /// <summary>Whether the job is over.</summary>
    public static bool HasEnded(this JsonElement status) => status.Text("status") is "completed" or "failed" or "cancelled";

    /// <summary>Such as <c>render, 12 s left</c>, or <c>queued behind 3</c>.</summary>
    public static string Describe(JsonElement status)
    {
        var what = status.Text("stage") is { Length: > 0 } stage ? stage : status.Text("status");
        if (status.Number("queuePosition") is > 0 and var position)
        {
            return $"{what}, behind {position}";
        }

        return !status.HasEnded() && status.At("estimatedTimeRemaining") is { } left ? $"{what}, {left} s left" : what;
    }

    private static async Task<JsonElement> Poll(ServiceClient service, string jobId, Action<JsonElement> show, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period);
        while (true)
        {
            var status = await service.Get($"lipsync/status/{Uri.EscapeDataString(jobId)}", cancellationToken);
            show(status);
            if (status.HasEnded())
            {
                return status;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }
}
