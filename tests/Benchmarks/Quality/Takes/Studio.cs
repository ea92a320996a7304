using System.Collections.Concurrent;
using LipSync.Benchmarks.Costs;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Models;
using LipSync.Rendering;
using LipSync.Reports;
using LipSync.Speech;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>Makes sources speak, as the service would, each only once.</summary>
/// <param name="media">The folder of the clips.</param>
internal sealed class Studio(string media) : IDisposable
{
    private const int Slots = 2;
    private const double LongestSeconds = 600;

    public static readonly VideoFormat Format = new(ShortSide: 720, Fps: 25);

    private readonly Shelf shelf = new();
    private readonly ConcurrentBag<Take> finished = [];
    private readonly LipSyncPipeline pipeline = PipelineOf(Setup.Product);

    /// <summary>The product's own.</summary>
    public static IMouthTracker Tracker { get; } = new NeuralMouthTracker(ModelCatalog.BesideProgram);

    /// <summary>All that the product made so far.</summary>
    public IEnumerable<Take> Finished => finished.OrderBy(take => take.Name, StringComparer.Ordinal);

    /// <summary>For files that an experiment makes itself.</summary>
    public string NewFile() => shelf.NewFile();

    public Task<Source> Source(Clip clip, CancellationToken cancellationToken) => shelf.Once($"source {clip}", async () =>
    {
        var (path, video, faces) = (await Cut(clip, cancellationToken), NewFile(), NewFile());
        var (info, _) = await pipeline.NormalizeVideo(path, clip.IsImage, Format, LongestSeconds, video, faces, null, cancellationToken);
        var sound = clip.HasOwnSound ? await Speech(clip, cancellationToken) : null;
        var (mouths, meanFace) = MouthSeries.Read(faces, info.Frames, cancellationToken);
        return new Source(clip, info, video, faces, sound?.Path, mouths, meanFace);
    });

    public Task<SpeechFile> Speech(Clip clip, CancellationToken cancellationToken) => shelf.Once($"speech {clip}", async () =>
    {
        var path = NewFile();
        return new SpeechFile(path, await pipeline.NormalizeSpeech(await Cut(clip, cancellationToken), LongestSeconds, path, cancellationToken));
    });

    /// <summary>The mouths of a source for a speech, planned but not drawn.</summary>
    public Task<(PlanRequest Request, string Path, PlanReport Report, PlannedMouths Mouths)> Plan(Clip video, Clip speech, Setup setup, CancellationToken cancellationToken) =>
        shelf.Once($"plan {video} {speech} {setup.Name}", async () =>
        {
            var (source, spoken, path) = (await Source(video, cancellationToken), await Speech(speech, cancellationToken), NewFile());
            var request = new PlanRequest
            {
                Video = source.Video,
                Info = source.Info,
                Faces = source.Faces,
                Speech = spoken.Path,
                OwnSound = setup.OwnSound ? source.Sound : null,
                Map = FrameMap.For(SyncMode.Bounce, source.Info.Frames, spoken.Seconds, Format.Fps),
            };
            var planned = await PipelineOf(setup).PlanMouths(request, path, null, cancellationToken);
            await using var plan = File.OpenRead(path);
            return (request, path, planned.Report, new ExemplarRenderer().Read(PlanHeader.ReadFrom(plan).Map, plan));
        });

    public Task<Take> Take(Clip video, Clip speech, CancellationToken cancellationToken) => Take(video, speech, Setup.Product, cancellationToken);

    /// <summary>The finished video.</summary>
    public Task<Take> Take(Clip video, Clip speech, Setup setup, CancellationToken cancellationToken) => shelf.Once($"take {video} {speech} {setup.Name}", async () =>
    {
        var source = await Source(video, cancellationToken);
        var (request, plan, report, planned) = await Plan(video, speech, setup, cancellationToken);
        var (output, frames) = (NewFile(), request.Map.OutputFrames);
        var chunks = await ChunkedRendering.Run(PipelineOf(setup), request, plan, FrameWriter.SegmentFrames, Slots, _ => NewFile(), cancellationToken);
        await pipeline.Assemble(chunks, request.Speech, frames, Format.Fps, output, cancellationToken);
        var seen = await new OutputMouths(ModelCatalog.BesideProgram, planned.MeanFace).Measure(
            output, source.Info with { Frames = frames }, 0, frames, expected: null, onFrame: null, NewFile(), cancellationToken);
        var take = new Take($"{video.Name}, {speech.Name}", source, request, plan, report, planned, output, seen);
        if (setup == Setup.Product)
        {
            finished.Add(take);
        }

        return take;
    });

    /// <summary>Writes the product's review of a take, its contact sheet and its plot.</summary>
    public Task<SyncReport> Review(Take take, string contactSheet, string plot, CancellationToken cancellationToken) => pipeline.Review(
        new()
        {
            Video = take.Video,
            Info = take.Info,
            Faces = take.Request.Faces,
            Plan = take.Plan,
            Report = take.Report,
            ContactSheet = contactSheet,
            Plot = plot,
        },
        cancellationToken);

    /// <summary>The source's pictures of a take, encoded like it but without a mouth drawn.</summary>
    public Task<string> Plain(Take take, CancellationToken cancellationToken) => shelf.Once($"plain {take.Plan}", async () =>
    {
        var (path, request) = (NewFile(), take.Request);
        await using var frames = MappedFrames.Open(request.Video, request.Info, request.Map, 0, request.Map.OutputFrames);
        await using var writer = FrameWriter.Open(path, request.Info.Width, request.Info.Height, request.Info.Fps);
        using var frame = new YuvFrame(request.Info.Width, request.Info.Height);
        while (await frames.Read(frame, cancellationToken))
        {
            await writer.Write(frame, cancellationToken);
        }

        await writer.Finish(cancellationToken);
        return path;
    });

    public Task<MouthPictures> MouthPictures(Take take, CancellationToken cancellationToken) => shelf.Once($"mouths {take.Plan}", async () =>
        await Takes.MouthPictures.Cut(take, await Plain(take, cancellationToken), cancellationToken));

    /// <summary>Draws a take's frames without encoding them.</summary>
    public static IFrameRenderer Draw(FileStream plan, FaceTracks faces) => new ExemplarRenderer().Open(PlanHeader.ReadFrom(plan).Map, plan, faces);

    /// <summary>What the product's tracker makes of a speech, before it knows any speaker.</summary>
    /// <param name="fps">Frames per second of the track.</param>
    public Task<MouthTrack> Track(Clip speech, int fps, CancellationToken cancellationToken) => shelf.Once($"track {speech} {fps}", async () =>
    {
        var listener = Tracker.Listen(fps);
        await foreach (var samples in AudioTrack.Read((await Speech(speech, cancellationToken)).Path, cancellationToken))
        {
            listener.Hear(samples.Span);
        }

        return listener.Finish();
    });

    public void Dispose() => shelf.Dispose();

    private static LipSyncPipeline PipelineOf(Setup setup) => new(ModelCatalog.BesideProgram, setup.Hearing(Tracker), new RendererCatalog(new ExemplarRenderer(setup.Parts)));

    /// <summary>Parts of a clip become files of their own, as a customer would send them.</summary>
    public Task<string> Cut(Clip clip, CancellationToken cancellationToken) =>
        shelf.Once($"cut {clip}", () => clip.Cut(media, NewFile, cancellationToken));
}
