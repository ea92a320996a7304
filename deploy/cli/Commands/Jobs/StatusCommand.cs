using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>Tells how far a job is; waits for it, and saves its video, where asked to.</summary>
public static class StatusCommand
{
    public static Command Create(Connection connection, Terminal terminal)
    {
        var jobId = new Argument<string>("job-id");
        var wait = new Option<bool>("--wait") { Description = "Wait until the job has ended." };
        var output = new Option<FileInfo?>("--output", "-o") { Description = "Save the video there; waits for the job." };
        var command = new Command("status", "Tells how far a job is.") { jobId, wait, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var id = parsed.GetRequiredValue(jobId);
            var file = parsed.GetValue(output)?.FullName;
            var status = parsed.GetValue(wait) || file is not null
                ? await JobEnd.Wait(service, id, terminal, parsed.GetValue(terminal.Json), cancellationToken)
                : await service.Get($"lipsync/status/{Uri.EscapeDataString(id)}", cancellationToken);
            if (file is not null)
            {
                return await JobEnd.Deliver(status, file, terminal, parsed, cancellationToken);
            }

            terminal.Show(parsed, status, Sentence(status));
            return status.Text("status") is "failed" or "cancelled" ? ExitCode.JobFailed : ExitCode.Done;
        });
        return command;
    }

    private static string Sentence(System.Text.Json.JsonElement status) => status.Text("status") switch
    {
        "completed" => $"completed: {status.Text("report.duration")} s of video for {status.Text("creditsUsed")} credit(s).\n{status.Text("outputUrl")}",
        "failed" or "cancelled" => $"{status.Text("status")}: {status.Text("error.message")} ({status.Text("error.code")})",
        _ => $"{status.Text("status")}: {status.Text("progress")} %, {JobProgress.Describe(status)}",
    };
}
