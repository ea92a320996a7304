using System.CommandLine;
using System.Text.Json;
using Spectre.Console;

namespace LipSync.Cli.Output;

/// <summary>What a command shows: sentences and tables for people, or with <c>--json</c> the service's own <c>data</c> for programs.</summary>
public sealed class Terminal
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter output;

    public Terminal(TextWriter output, TextWriter error)
    {
        this.output = output;
        Progress = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        Tables = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
        {
            // A table in a file or a pipe is not folded to some screen's width.
            Tables.Profile.Width = 500;
        }
    }

    public Option<bool> Json { get; } = new("--json") { Description = "Print the service's answer as JSON.", Recursive = true };

    /// <summary>Beside the output, so that what is piped elsewhere holds nothing but the answer.</summary>
    public IAnsiConsole Progress { get; }

    private IAnsiConsole Tables { get; }

    public void Say(string sentence) => output.WriteLine(sentence);

    public void Note(string sentence) => Progress.WriteLine(sentence);

    public void ShowJson(JsonElement data) => output.WriteLine(JsonSerializer.Serialize(data, Indented));

    /// <summary>The answer as it came, or the sentence about it.</summary>
    public void Show(ParseResult parsed, JsonElement data, string sentence)
    {
        if (parsed.GetValue(Json))
        {
            ShowJson(data);
        }
        else
        {
            Say(sentence);
        }
    }

    /// <summary>A list of the answer as a table, one column for each path such as <c>error.code</c>.</summary>
    public void ShowTable(ParseResult parsed, JsonElement data, JsonElement items, params string[] paths)
    {
        if (parsed.GetValue(Json))
        {
            ShowJson(data);
            return;
        }

        var table = new Table { Border = TableBorder.Minimal };
        foreach (var path in paths)
        {
            table.AddColumn(new TableColumn(new Text(path)).NoWrap());
        }

        foreach (var item in items.EnumerateArray())
        {
            table.AddRow(paths.Select(path => new Text(item.Text(path))));
        }

        Tables.Write(table);
    }
}
