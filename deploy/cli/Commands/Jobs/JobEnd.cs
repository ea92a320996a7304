using System.CommandLine;
using System.Text.Json;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>What becomes of a job that was waited for.</summary>
internal static class JobEnd
{
    public static async Task<JsonElement> Wait(ServiceClient service, string jobId, Terminal terminal, bool quiet, CancellationToken cancellationToken)
    {
        try
        {
            return await JobProgress.Follow(service, jobId, terminal, quiet, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            terminal.Note($"The job goes on. Ask for it with 'lipsync status {jobId}', end it with 'lipsync cancel {jobId}'.");
            throw;
        }
    }

    /// <summary>Saves the video where there is one, and tells what was made or why nothing was.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> Deliver(
        JsonElement status, string file, Terminal terminal, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (status.Text("status") != "completed")
        {
            terminal.Show(parsed, status, $"The job {status.Text("status")}: {status.Text("error.message")} ({status.Text("error.code")})");
            return ExitCode.JobFailed;
        }

        if (status.At("outputUrl")?.GetString() is not { } link)
        {
            throw new RefusedException("output_expired", "The job's output has expired.");
        }

        await ServiceClient.Download(link, file, cancellationToken);
        terminal.Show(
            parsed,
            status,
            $"Saved {file}: {status.Text("report.width")}x{status.Text("report.height")}, {status.Text("report.duration")} s, "
            + $"made in {status.Text("processingTime")} s. Cost: {status.Text("creditsUsed")} credit(s).");
        if (!parsed.GetValue(terminal.Json))
        {
            Review(status, terminal);
        }

        return ExitCode.Done;
    }

    /// <summary>What was found when the service looked at the video again.</summary>
    private static void Review(JsonElement status, Terminal terminal)
    {
        if (status.At("report.opening") is not null)
        {
            terminal.Say(
                $"The mouth follows the plan with r = {status.Text("report.opening.r")}; {status.Text("report.closures.achieved")} of "
                + $"{status.Text("report.closures.checked")} closed lips that were checked are closed.");
        }

        if (status.At("report.warnings") is { ValueKind: JsonValueKind.Array } warnings)
        {
            foreach (var warning in warnings.EnumerateArray())
            {
                terminal.Say($"Mind: {warning}");
            }
        }
    }
}
