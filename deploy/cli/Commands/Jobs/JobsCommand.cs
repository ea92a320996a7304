using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>Lists the account's jobs, newest first.</summary>
public static class JobsCommand
{
    public static Command Create(Connection connection, Terminal terminal)
    {
        var status = new Option<string?>("--status") { Description = "Only those: queued, processing, completed, failed or cancelled." };
        var pages = new PageOptions();
        var command = new Command("jobs", "Lists the account's jobs, newest first.") { status };
        pages.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var list = await service.Get("lipsync/jobs" + pages.Query(parsed, ("status", parsed.GetValue(status))), cancellationToken);
            terminal.ShowTable(parsed, list, list.GetProperty("items"), "jobId", "status", "inputType", "createdAt", "creditsUsed", "error.code");
            PageOptions.TellOfMore(parsed, list, terminal);
            return ExitCode.Done;
        });
        return command;
    }
}
