using System.CommandLine;
using LipSync.Cli.Output;
using LipSync.Cli.Service;

namespace LipSync.Cli.Commands.Jobs;

/// <summary>Uploads what is local, submits a job, waits for it, saves the video.</summary>
public sealed class GenerateCommand
{
    private static readonly string[] ImageExtensions = [".png", ".jpg", ".jpeg", ".webp", ".bmp"];

    private readonly Argument<string> visual = new("video-or-image") { Description = "A file, or an http(s) URL." };
    private readonly Argument<string> speech = new("audio") { Description = "A file with speech, or an http(s) URL." };
    private readonly Option<FileInfo?> output = new("--output", "-o") { Description = "Where the video is saved." };
    private readonly Option<FileInfo?> contactSheet = new("--contact-sheet") { Description = "Where a picture with frames of the video is saved." };
    private readonly Option<bool> isImage = new("--image") { Description = "The first argument is a picture, whatever its name ends with." };
    private readonly Option<bool> noWait = new("--no-wait") { Description = "Print the job and don't wait for it." };
    private readonly Option<string[]> metadata = new("--metadata") { Description = "name=value; comes back with the job." };
    private readonly SettingOptions settings = new();

    public static Command Create(Connection connection, Terminal terminal)
    {
        var options = new GenerateCommand();
        var command = new Command("generate", "Makes a video or a portrait speak.")
        {
            options.visual, options.speech, options.output, options.contactSheet, options.isImage, options.noWait, options.metadata,
        };
        options.settings.AddTo(command);
        command.SetAction((parsed, cancellationToken) => options.Run(parsed, connection, terminal, cancellationToken));
        return command;
    }

    private async Task<int> Run(ParseResult parsed, Connection connection, Terminal terminal, CancellationToken cancellationToken)
    {
        using var service = connection.AsCustomer(parsed);
        var pairs = MetadataOf(parsed.GetValue(metadata) ?? []);
        var (visualGiven, speechGiven) = (parsed.GetRequiredValue(visual), parsed.GetRequiredValue(speech));
        RequireFile(visualGiven);
        RequireFile(speechGiven);

        var body = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [parsed.GetValue(isImage) || IsImage(visualGiven) ? "imageUrl" : "videoUrl"] = await Link(service, visualGiven, cancellationToken),
            ["audioUrl"] = await Link(service, speechGiven, cancellationToken),
            ["settings"] = settings.Read(parsed),
        };
        if (pairs.Count > 0)
        {
            body["metadata"] = pairs;
        }

        var job = await service.Post("lipsync/generate", body, cancellationToken);
        var jobId = job.Text("jobId");
        if (parsed.GetValue(noWait))
        {
            terminal.Show(parsed, job, $"{jobId}: at most {job.Text("estimatedCredits")} credits, about {job.Text("estimatedTime")} s.");
            return ExitCode.Done;
        }

        var quiet = parsed.GetValue(terminal.Json);
        if (!quiet)
        {
            terminal.Note($"Job {jobId}");
        }

        var ended = await JobEnd.Wait(service, jobId, terminal, quiet, cancellationToken);
        var exitCode = await JobEnd.Deliver(ended, parsed.GetValue(output)?.FullName ?? $"{jobId}.mp4", terminal, parsed, cancellationToken);
        if (parsed.GetValue(contactSheet) is { } sheet && ended.At("report.contactSheetUrl")?.GetString() is { } link)
        {
            await ServiceClient.Download(link, sheet.FullName, cancellationToken);
        }

        return exitCode;
    }

    private static void RequireFile(string given)
    {
        if (!IsUrl(given) && !File.Exists(given))
        {
            throw new UsageException($"There is no file '{given}'.");
        }
    }

    private static async Task<string> Link(ServiceClient service, string given, CancellationToken cancellationToken) =>
        IsUrl(given) ? given : await service.Upload(given, cancellationToken);

    private static bool IsUrl(string given) => Uri.TryCreate(given, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https" };

    private static bool IsImage(string given)
    {
        var path = IsUrl(given) ? new Uri(given).AbsolutePath : given;
        return ImageExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
    }

    private static Dictionary<string, string> MetadataOf(string[] given)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in given)
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            if (split < 1 || !pairs.TryAdd(pair[..split], pair[(split + 1)..]))
            {
                throw new UsageException($"--metadata '{pair}' must be name=value, each name once.");
            }
        }

        return pairs;
    }
}
