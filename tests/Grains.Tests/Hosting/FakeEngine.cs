using System.Collections.Concurrent;
using System.Globalization;
using LipSync.Inspection;
using LipSync.Media.Probing;
using LipSync.Reports;

namespace LipSync.Tests.Hosting;

/// <summary>
/// An engine that works at once: a "speech" is a text file with its seconds, a "video" one with its frames. Counts what it does, and
/// does what a test hooks in before rendering.
/// </summary>
internal sealed class FakeEngine : ILipSyncEngine
{
    public ConcurrentDictionary<string, int> Calls { get; } = new(StringComparer.Ordinal);

    public Func<int, CancellationToken, Task> BeforeRender { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Lets every rendering wait, whatever it is told; answers when the first began, and what ends the wait.</summary>
    public (Task Began, TaskCompletionSource Release) HoldRenders()
    {
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        BeforeRender = (_, _) =>
        {
            began.TrySetResult();
            return release.Task;
        };
        return (began.Task, release);
    }

    /// <summary>Lets the first rendering of the first chunk wait until it is told to stop; answers when it began, and when it was told.</summary>
    public (Task Began, Task Stopped) RenderUntilStopped()
    {
        var (began, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        BeforeRender = async (first, cancellation) =>
        {
            if (first == 0 && began.TrySetResult())
            {
                await using var registration = cancellation.Register(() => stopped.TrySetResult());
                await stopped.Task;
                cancellation.ThrowIfCancellationRequested();
            }
        };
        return (began.Task, stopped.Task);
    }

    public Action BeforeReview { get; set; } = () => { };

    public int Tracks { get; set; } = 1;

    /// <summary>Whether videos have sound of their own.</summary>
    public bool OwnSound { get; set; } = true;

    /// <summary>The latest request for a plan.</summary>
    public PlanRequest? Planned { get; private set; }

    public void RequireInstalled()
    {
        // It needs nothing.
    }

    /// <summary>The latest request for a survey of faces.</summary>
    public FaceSurveyRequest? Surveyed { get; private set; }

    /// <summary>Why nobody would speak, as a survey finds it; null: somebody would.</summary>
    public string? WhyNobody { get; set; }

    /// <summary>Frames without the speaker, as a survey finds them.</summary>
    public int FramesWithoutSpeaker { get; set; }

    public async Task<SourceFacts> Examine(string source, MediaRole role, CancellationToken cancellationToken)
    {
        Count($"Examine {role}");
        var number = await Number(source, cancellationToken);
        return role switch
        {
            MediaRole.Speech => new(number, Video: null, new("flac", 48000, 2)),
            MediaRole.Picture => new(HeaderSeconds: null, new("png", 512, 512, 0, 0, VariableFrameRate: false, Hdr: false), Audio: null),
            _ => new(number / 25, new("h264", 1280, 720, 90, 29.97, VariableFrameRate: true, Hdr: true), OwnSound ? new("aac", 44100, 2) : null),
        };
    }

    public async Task<FaceSurvey> SurveyFaces(FaceSurveyRequest request, CancellationToken cancellationToken)
    {
        Count("SurveyFaces");
        Surveyed = request;
        var faces = new List<SurveyedFace>();
        for (var track = 0; track < Tracks; track++)
        {
            var picture = Path.Combine(request.Folder, string.Create(CultureInfo.InvariantCulture, $"face-{track}.jpg"));
            await File.WriteAllTextAsync(picture, "face", cancellationToken);
            faces.Add(new(track, track, 0, request.Info.Frames - 1, request.Info.Frames, request.Info.Frames / 2, new(0.25, 0.25, 0.5, 0.5), picture));
        }

        return new(faces, WhyNobody is null ? 0 : null, WhyNobody, (request.Map?.OutputFrames ?? 0) - FramesWithoutSpeaker);
    }

    public async Task<(NormalVideo Video, FaceSummary Faces)> NormalizeVideo(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, string faces, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Count("NormalizeVideo");
        var frames = isImage ? 1 : (int)Math.Min(await Number(source, cancellationToken), maxSeconds * format.Fps);
        await File.WriteAllTextAsync(output, "normal video", cancellationToken);
        await File.WriteAllTextAsync(faces, "faces", cancellationToken);
        return Tracks > 0
            ? (new(format.ShortSide * 16 / 9, format.ShortSide, format.Fps, frames), new(Tracks, frames))
            : throw new MediaRefusedException("no_face_found", "The test's video shows nobody.");
    }

    public async Task<double> NormalizeSpeech(string source, double maxSeconds, string output, CancellationToken cancellationToken)
    {
        Count("NormalizeSpeech");
        var seconds = await Number(source, cancellationToken);
        await File.WriteAllTextAsync(output, "normal speech", cancellationToken);
        return Math.Min(seconds, maxSeconds);
    }

    public async Task<bool> TryNormalizeOwnSound(string source, double maxSeconds, string output, CancellationToken cancellationToken)
    {
        Count("TryNormalizeOwnSound");
        if (OwnSound)
        {
            await File.WriteAllTextAsync(output, "own sound", cancellationToken);
        }

        return OwnSound;
    }

    public async Task<PlanSummary> PlanMouths(PlanRequest request, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Count("PlanMouths");
        Planned = request;
        await File.WriteAllTextAsync(output, "mouths", cancellationToken);
        return new(request.Map.OutputFrames, PlanReport.Empty);
    }

    public async Task Render(
        string normalVideo, NormalVideo info, string faces, string plan, int firstFrame, int frameCount, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await BeforeRender(firstFrame, cancellationToken);
        Count(string.Create(CultureInfo.InvariantCulture, $"Render {firstFrame}"));
        await File.WriteAllTextAsync(output, string.Create(CultureInfo.InvariantCulture, $"{firstFrame}+{frameCount};"), cancellationToken);
    }

    public async Task Assemble(IReadOnlyList<string> chunks, string speech, int frames, int fps, string output, CancellationToken cancellationToken)
    {
        Count("Assemble");
        foreach (var chunk in chunks)
        {
            await File.AppendAllTextAsync(output, await File.ReadAllTextAsync(chunk, cancellationToken), cancellationToken);
        }
    }

    public async Task<SyncReport> Review(ReviewRequest request, CancellationToken cancellationToken)
    {
        Count("Review");
        BeforeReview();
        await File.WriteAllTextAsync(request.ContactSheet, "sheet of " + await File.ReadAllTextAsync(request.Video, cancellationToken), cancellationToken);
        await File.WriteAllTextAsync(request.Plot, "plot", cancellationToken);
        return new([], 0, new(0.95, 0, 150), new(4, 3, 3), request.Report.Exemplars, Source: null, ["The face is small."]);
    }

    private void Count(string call) => Calls.AddOrUpdate(call, 1, (_, count) => count + 1);

    private static async Task<double> Number(string source, CancellationToken cancellationToken) =>
        double.TryParse(await File.ReadAllTextAsync(source, cancellationToken), CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new MediaRefusedException("invalid_media", "This is no media file.");
}
