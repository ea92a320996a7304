using System.Collections.Concurrent;
using System.Globalization;
using LipSync.Media;
using LipSync.Media.Ffmpeg;
using LipSync.Models;
using LipSync.Rendering;
using LipSync.Speech;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>Makes sources speak, as the service would, each only once.</summary>
/// <param name="media">The folder of the clips.</param>
internal sealed class Studio(string media) : IDisposable
{
    private const int Slots = 2;
    private const double LongestSeconds = 600;

    private static readonly VideoFormat Format = new(ShortSide: 720, Fps: 25);

    private readonly ConcurrentDictionary<string, Task> made = new(StringComparer.Ordinal);
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lipsync-quality-");
    private readonly LipSyncPipeline pipeline = new(ModelCatalog.BesideProgram, Tracker, new RendererCatalog(new ExemplarRenderer()));
    private int files;

    /// <summary>The product's own.</summary>
    public static IMouthTracker Tracker { get; } = new SpectralMouthTracker();

    public Task<Source> Source(Clip clip, CancellationToken cancellationToken) => Once($"source {clip}", async () =>
    {
        var (path, video, faces) = (await Cut(clip, cancellationToken), NewFile(), NewFile());
        var info = await pipeline.NormalizeVideo(path, clip.IsImage, Format, LongestSeconds, video, null, cancellationToken);
        await pipeline.TrackFaces(video, info, faces, null, cancellationToken);
        var sound = clip.HasOwnSound ? await Speech(clip, cancellationToken) : null;
        return new Source(clip, info, video, faces, sound?.Path, SeenFaces.Read(faces, info.Frames, speaker: null, cancellationToken));
    });

    public Task<SpeechFile> Speech(Clip clip, CancellationToken cancellationToken) => Once($"speech {clip}", async () =>
    {
        var path = NewFile();
        return new SpeechFile(path, await pipeline.NormalizeSpeech(await Cut(clip, cancellationToken), LongestSeconds, path, cancellationToken));
    });

    /// <summary>The mouths of a source for a speech, planned but not drawn.</summary>
    /// <param name="ownSound">Whether the speaker is learnt from the source's own sound.</param>
    public Task<(PlanRequest Request, string Plan)> Plan(Clip video, Clip speech, bool ownSound, CancellationToken cancellationToken) =>
        Once($"plan {video} {speech} {ownSound}", async () =>
        {
            var (source, spoken, plan) = (await Source(video, cancellationToken), await Speech(speech, cancellationToken), NewFile());
            var request = new PlanRequest
            {
                Video = source.Video,
                Info = source.Info,
                Faces = source.Faces,
                Speech = spoken.Path,
                OwnSound = ownSound ? source.Sound : null,
                Map = FrameMap.For(SyncMode.Bounce, source.Info.Frames, spoken.Seconds, Format.Fps),
            };
            await pipeline.PlanMouths(request, plan, null, cancellationToken);
            return (request, plan);
        });

    /// <summary>The finished video.</summary>
    public Task<Take> Take(Clip video, Clip speech, CancellationToken cancellationToken) => Once($"take {video} {speech}", async () =>
    {
        var source = await Source(video, cancellationToken);
        var (request, plan) = await Plan(video, speech, ownSound: true, cancellationToken);
        var (output, faces, frames) = (NewFile(), NewFile(), request.Map.OutputFrames);
        var chunks = await ChunkedRendering.Run(pipeline, request, plan, FrameWriter.SegmentFrames, Slots, _ => NewFile(), cancellationToken);
        await pipeline.Assemble(chunks, request.Speech, frames, Format.Fps, output, cancellationToken);
        await pipeline.TrackFaces(output, source.Info with { Frames = frames }, faces, null, cancellationToken);
        var planned = PlannedMouths.Read(plan);
        return new Take(source, request, plan, planned, output, SeenFaces.Read(faces, frames, planned.Speaker, cancellationToken));
    });

    /// <summary>What the product's tracker makes of a speech, before it knows any speaker.</summary>
    public Task<MouthTrack> Track(Clip speech, CancellationToken cancellationToken) => Once($"track {speech}", async () =>
    {
        var listener = Tracker.Listen(Format.Fps);
        await foreach (var samples in AudioTrack.Read((await Speech(speech, cancellationToken)).Path, cancellationToken))
        {
            listener.Hear(samples.Span);
        }

        return listener.Finish();
    });

    public void Dispose() => scratch.Delete(recursive: true);

    private Task<T> Once<T>(string key, Func<Task<T>> make) => (Task<T>)made.GetOrAdd(key, _ => make());

    private string NewFile() => Path.Combine(scratch.FullName, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref files)}"));

    /// <summary>Parts of a clip become files of their own, as a customer would send them.</summary>
    private Task<string> Cut(Clip clip, CancellationToken cancellationToken) => Once($"cut {clip}", async () =>
    {
        var path = Path.Combine(media, clip.File);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"{path} is missing; --media names the folder of the clips.");
        }

        if (clip.Seconds is not { } seconds)
        {
            return path;
        }

        var part = NewFile() + ".mkv";
        await FfmpegProcess.Run(
            FfmpegCommand.Ffmpeg(
            [
                "-i", path, "-ss", clip.From.ToString(CultureInfo.InvariantCulture), "-t", seconds.ToString(CultureInfo.InvariantCulture),
                "-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", "-c:a", "flac", part,
            ]),
            cancellationToken);
        return part;
    });
}
