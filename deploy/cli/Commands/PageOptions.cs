using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LipSync.Cli.Output;

namespace LipSync.Cli.Commands;

/// <summary>The options of every list that is answered page by page.</summary>
internal sealed class PageOptions
{
    private readonly Option<int?> limit = new("--limit") { Description = "Entries of a page." };
    private readonly Option<string?> cursor = new("--cursor") { Description = "Where the last page ended." };

    public void AddTo(Command command)
    {
        command.Options.Add(limit);
        command.Options.Add(cursor);
    }

    /// <summary>The query of the request, with its question mark; empty where nothing was asked for.</summary>
    public string Query(ParseResult parsed, params (string Name, string? Value)[] filters)
    {
        (string Name, string? Value)[] all = [.. filters, ("limit", parsed.GetValue(limit)?.ToString(CultureInfo.InvariantCulture)), ("cursor", parsed.GetValue(cursor))];
        var given = all.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToArray();
        return given.Length == 0 ? "" : "?" + string.Join('&', given);
    }

    public static void TellOfMore(ParseResult parsed, JsonElement list, Terminal terminal)
    {
        if (!parsed.GetValue(terminal.Json) && list.Text("nextCursor") is { Length: > 0 } next)
        {
            terminal.Note($"More: --cursor {next}");
        }
    }
}
