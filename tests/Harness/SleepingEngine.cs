using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LipSync.Inspection;
using LipSync.Media.Probing;
using LipSync.Reports;

namespace LipSync.Tests;

/// <summary>
/// Waits where the real engine would let a device work, so that many slots fit on two cores. A "speech" is a text file with its
/// seconds; the output's bytes follow from the sources and nothing else. A speech that begins with <c>poison</c> kills every
/// process that renders it.
/// </summary>
public sealed class SleepingEngine(TimeSpan perFrame) : ILipSyncEngine
{
    /// <summary>Frames that it sleeps for at once: timers are too coarse for a single one.</summary>
    private const int Nap = 20;

    private const string Poison = "poison";

    public void RequireInstalled()
    {
        // It needs nothing.
    }

    public Task<SourceFacts> Examine(string source, MediaRole role, CancellationToken cancellationToken) => Task.FromResult(
        role is MediaRole.Speech
            ? new SourceFacts(HeaderSeconds: null, Video: null, new("text", 0, 0))
            : new SourceFacts(HeaderSeconds: null, new("text", 1280, 720, 0, 25, VariableFrameRate: false, Hdr: false), Audio: null));

    public Task<FaceSurvey> SurveyFaces(FaceSurveyRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new FaceSurvey([], SpeakerTrack: 0, WhyNobody: null, request.Map?.OutputFrames ?? 0));

    public async Task<(NormalVideo Video, FaceSummary Faces)> NormalizeVideo(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, string faces, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(output, await Hash(source, cancellationToken), cancellationToken);
        await File.WriteAllTextAsync(faces, "one face", cancellationToken);
        var frames = isImage ? 1 : (int)(maxSeconds * format.Fps);
        return (new(format.ShortSide * 16 / 9, format.ShortSide, format.Fps, frames), new(1, frames));
    }

    public async Task<double> NormalizeSpeech(string source, double maxSeconds, string output, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(source, cancellationToken);
        await File.WriteAllTextAsync(output, text, cancellationToken);
        var seconds = double.Parse(text.Split(' ')[^1], CultureInfo.InvariantCulture);
        return Math.Min(seconds, maxSeconds);
    }

    public Task<bool> TryNormalizeOwnSound(string source, double maxSeconds, string output, CancellationToken cancellationToken) => Task.FromResult(false);

    public async Task<PlanSummary> PlanMouths(PlanRequest request, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(output, await File.ReadAllTextAsync(request.Speech, cancellationToken), cancellationToken);
        return new(request.Map.OutputFrames, PlanReport.Empty);
    }

    public async Task Render(
        string normalVideo, NormalVideo info, string faces, string plan, int firstFrame, int frameCount, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var speech = await File.ReadAllTextAsync(plan, cancellationToken);
        if (speech.StartsWith(Poison, StringComparison.Ordinal))
        {
            Process.GetCurrentProcess().Kill();
        }

        var video = await File.ReadAllTextAsync(normalVideo, cancellationToken);
        await using var file = File.CreateText(output);
        for (var frame = firstFrame; frame < firstFrame + frameCount; frame++)
        {
            if ((frame - firstFrame) % Nap == 0)
            {
                await Task.Delay(perFrame * Math.Min(Nap, firstFrame + frameCount - frame), cancellationToken);
            }

            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{frame} {video} {speech}"));
            progress?.Report((double)(frame + 1 - firstFrame) / frameCount);
        }
    }

    public async Task Assemble(IReadOnlyList<string> chunks, string speech, int frames, int fps, string output, CancellationToken cancellationToken)
    {
        await using var file = File.Create(output);
        foreach (var part in chunks.Append(speech))
        {
            await using var content = File.OpenRead(part);
            await content.CopyToAsync(file, cancellationToken);
        }
    }

    public async Task<SyncReport> Review(ReviewRequest request, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(request.ContactSheet, "sheet", cancellationToken);
        await File.WriteAllTextAsync(request.Plot, "plot", cancellationToken);
        return SyncReport.Unchecked(request.Report, request.Info.Fps);
    }

    private static async Task<string> Hash(string path, CancellationToken cancellationToken) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await File.ReadAllTextAsync(path, cancellationToken))));
}
