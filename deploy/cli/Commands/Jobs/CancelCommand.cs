using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>Ends a job; deletes it and its video where asked to.</summary>
public static class CancelCommand
{
    public static Command Create(Connection connection, Terminal terminal)
    {
        var jobId = new Argument<string>("job-id");
        var delete = new Option<bool>("--delete") { Description = "Also delete the job and what it made." };
        var command = new Command("cancel", "Ends a job; it costs nothing.") { jobId, delete };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var job = $"lipsync/jobs/{Uri.EscapeDataString(parsed.GetRequiredValue(jobId))}";
            var (answer, sentence) = parsed.GetValue(delete)
                ? (await service.Delete(job, cancellationToken), "Deleted.")
                : (await service.Post($"{job}/cancel", body: null, cancellationToken), "Cancelled.");
            terminal.Show(parsed, answer, sentence);
            return ExitCode.Done;
        });
        return command;
    }
}
