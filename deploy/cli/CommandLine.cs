using System.CommandLine;
using LipSync.Cli.Commands;
using LipSync.Cli.Commands.Jobs;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli;

/// <summary>The whole command line: one file of <c>Commands</c> for each command.</summary>
public static class CommandLine
{
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var parsed = Root(new Terminal(output, error)).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            // Shows what is wrong and how the command is used.
            await parsed.InvokeAsync(new() { Output = error, Error = error });
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, Output = output, Error = error });
        }
        catch (UsageException wrong)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCode.Usage;
        }
        catch (RefusedException refused)
        {
            await error.WriteLineAsync($"{refused.Message} ({refused.Code})");
            return ExitCode.Refused;
        }
        catch (UnavailableException unavailable)
        {
            await error.WriteLineAsync(unavailable.Message);
            return ExitCode.Unavailable;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var connection = new Connection();
        var root = new RootCommand("Makes videos and portraits speak, through a LipSync service.")
        {
            GenerateCommand.Create(connection, terminal),
            StatusCommand.Create(connection, terminal),
            JobsCommand.Create(connection, terminal),
            CancelCommand.Create(connection, terminal),
            KeysCommand.Create(connection, terminal),
            AccountCommand.Create(connection, terminal),
            AdminCommand.Create(connection, terminal),
            ConfigureCommand.Create(connection, terminal),
        };
        root.Options.Add(connection.Url);
        root.Options.Add(terminal.Json);
        return root;
    }
}
