using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands;

/// <summary>Tells the account's plan and credits, and lists what changed them.</summary>
public static class AccountCommand
{
    public static Command Create(Connection connection, Terminal terminal)
    {
        var command = new Command("account", "Tells the account's plan and credits.") { Statement(connection, terminal), Usage(connection, terminal) };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var account = await service.Get("account", cancellationToken);
            terminal.Show(
                parsed, account, $"Plan {account.Text("plan")}: {account.Text("credits.available")} credits available, {account.Text("credits.held")} held.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Statement(Connection connection, Terminal terminal)
    {
        var pages = new PageOptions();
        var command = new Command("ledger", "Lists what changed the credits, newest first.");
        pages.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var entries = await service.Get("account/ledger" + pages.Query(parsed), cancellationToken);
            terminal.ShowTable(parsed, entries, entries.GetProperty("items"), "at", "kind", "amount", "spent", "available", "operationId");
            PageOptions.TellOfMore(parsed, entries, terminal);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Usage(Connection connection, Terminal terminal)
    {
        var command = new Command("usage", "Lists jobs and credits by day.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var usage = await service.Get("account/usage", cancellationToken);
            terminal.ShowTable(parsed, usage, usage.GetProperty("days"), "date", "jobs", "credits");
            return ExitCode.Done;
        });
        return command;
    }
}
