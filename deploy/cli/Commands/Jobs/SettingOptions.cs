using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>The options that become a request's <c>settings</c>; what is not given is left to the service.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string?> resolution = new("--resolution") { Description = "480p, 720p or 1080p." };
    private readonly Option<int?> fps = new("--fps") { Description = "24 to 60." };
    private readonly Option<double?> maxDuration = new("--max-duration") { Description = "Seconds after which the output is cut." };
    private readonly Option<string?> syncMode = new("--sync-mode") { Description = "bounce, loop, remap, cut_off or silence." };
    private readonly Option<string?> face = new("--face") { Description = "auto, largest, a track's number, or JSON such as '{\"time\":1,\"x\":0.4,\"y\":0.3}'." };
    private readonly Option<string?> noFace = new("--no-face") { Description = "passthrough, hold or fail." };
    private readonly Option<string?> motion = new("--motion") { Description = "Portraits: auto or none." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { resolution, fps, maxDuration, syncMode, face, noFace, motion })
        {
            command.Options.Add(option);
        }
    }

    public Dictionary<string, object> Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, object>(StringComparer.Ordinal);
        Add("resolution", parsed.GetValue(resolution));
        Add("fps", parsed.GetValue(fps));
        Add("maxDuration", parsed.GetValue(maxDuration));
        Add("syncMode", parsed.GetValue(syncMode));
        Add("face", Face(parsed.GetValue(face)));
        Add("noFace", parsed.GetValue(noFace));
        Add("motion", parsed.GetValue(motion));
        return settings;

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                settings[name] = value;
            }
        }
    }

    private static object? Face(string? given)
    {
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var trackId))
        {
            return new { trackId };
        }

        try
        {
            return given?.StartsWith('{') == true ? JsonSerializer.Deserialize<JsonElement>(given) : given;
        }
        catch (JsonException)
        {
            throw new UsageException($"--face '{given}' is not valid JSON.");
        }
    }
}
