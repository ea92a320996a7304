using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands;

/// <summary>Stores the service's address and a key, which is read from the input: a command line can be read by others.</summary>
public static class ConfigureCommand
{
    public static Command Create(Connection connection, Terminal terminal)
    {
        var admin = new Option<bool>("--admin") { Description = "The key is an admin key." };
        var command = new Command("configure", "Stores a key, read from the input, and the --url that is given.") { admin };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            terminal.Note("Key (empty: leave it as it is):");
            var key = (await Console.In.ReadLineAsync(cancellationToken))?.Trim();
            var configuration = Configuration.Read();
            if (parsed.GetValue(connection.Url) is { } url)
            {
                configuration = configuration with { Url = url.AbsoluteUri };
            }

            if (!string.IsNullOrEmpty(key))
            {
                configuration = parsed.GetValue(admin) ? configuration with { AdminKey = key } : configuration with { ApiKey = key };
            }

            configuration.Write();
            terminal.Say($"Written to {Configuration.Path}.");
            return ExitCode.Done;
        });
        return command;
    }
}
