using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands;

/// <summary>Lists, makes and revokes the account's API keys.</summary>
public static class KeysCommand
{
    public static Command Create(Connection connection, Terminal terminal)
    {
        var command = new Command("keys", "Lists, makes and revokes API keys.")
        {
            List(connection, terminal), Make(connection, terminal), Revoke(connection, terminal),
        };
        return command;
    }

    private static Command List(Connection connection, Terminal terminal)
    {
        var command = new Command("list", "Lists the keys; the secrets themselves are stored nowhere.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var keys = await service.Get("keys", cancellationToken);
            terminal.ShowTable(parsed, keys, keys.GetProperty("items"), "id", "name", "prefix", "createdAt", "lastUsedAt", "expiresAt");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Make(Connection connection, Terminal terminal)
    {
        var name = new Argument<string>("name");
        var expires = new Option<DateTimeOffset?>("--expires") { Description = "When it stops working, such as 2027-01-31." };
        var command = new Command("create", "Makes a key and shows it this once.") { name, expires };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var body = new Dictionary<string, object>(StringComparer.Ordinal) { ["name"] = parsed.GetRequiredValue(name) };
            if (parsed.GetValue(expires) is { } at)
            {
                body["expiresAt"] = at.ToUniversalTime();
            }

            var key = await service.Post("keys", body, cancellationToken);
            terminal.Show(parsed, key, key.Text("key"));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Revoke(Connection connection, Terminal terminal)
    {
        var id = new Argument<string>("id");
        var command = new Command("revoke", "Makes a key useless, everywhere within seconds.") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var service = connection.AsCustomer(parsed);
            var answer = await service.Delete($"keys/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}", cancellationToken);
            terminal.Show(parsed, answer, "Revoked.");
            return ExitCode.Done;
        });
        return command;
    }
}
