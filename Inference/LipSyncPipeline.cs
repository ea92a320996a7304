using LipSync.Faces;
using LipSync.Faces.Persons;
using LipSync.Inspection;
using LipSync.Media;
using LipSync.Media.Ffmpeg;
using LipSync.Media.Normalizing;
using LipSync.Media.Probing;
using LipSync.Models;
using LipSync.Rendering;
using LipSync.Reports;
using LipSync.Speech;
using OpenCvSharp;

namespace LipSync;

/// <summary>
/// The engine: files in, files out. Normalise both inputs and track faces once, plan mouths once, then render any range of
/// output frames in any order on any machine (the same range gives the same bytes), and assemble. Thread-safe.
/// </summary>
public sealed class LipSyncPipeline(ModelCatalog models, IMouthTracker mouthTracker, RendererCatalog renderers) : ILipSyncEngine
{
    // Frames and jobs already run side by side; threads inside OpenCV would only fight over the same cores.
    static LipSyncPipeline()
    {
        try
        {
            Cv2.SetNumThreads(1);
        }
        catch (TypeInitializationException)
        {
            // The library does not load: RequireInstalled can say why, a type that can't be used could not.
        }
    }

    /// <summary>The engine as it comes: models from beside the program, the built-in renderer.</summary>
    public static LipSyncPipeline Create() =>
        new(ModelCatalog.BesideProgram, new NeuralMouthTracker(ModelCatalog.BesideProgram), new RendererCatalog(new ExemplarRenderer()));

    /// <inheritdoc/>
    public void RequireInstalled()
    {
        FfmpegProcess.RequireInstalled();
        models.RequireInstalled();
    }

    /// <inheritdoc/>
    public Task<SourceFacts> Examine(string source, MediaRole role, CancellationToken cancellationToken) =>
        SourceExaminer.Examine(source, role, cancellationToken);

    /// <inheritdoc/>
    public async Task<(NormalVideo Video, FaceSummary Faces)> NormalizeVideo(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, string faces, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var seen = new FaceSummary(0, 0);
        var video = await VideoNormalizer.Normalize(
            source,
            isImage,
            format,
            maxSeconds,
            output,
            async (read, expected) => seen = await new FaceTracker(models).Track(read, expected, faces, cancellationToken),
            progress,
            cancellationToken);
        return seen.FramesWithFace > 0 ? (video, seen) : throw NoFaceFound();
    }

    /// <inheritdoc/>
    public Task<double> NormalizeSpeech(string source, double maxSeconds, string output, CancellationToken cancellationToken) =>
        SpeechNormalizer.Normalize(source, maxSeconds, output, cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryNormalizeOwnSound(string source, double maxSeconds, string output, CancellationToken cancellationToken) =>
        SpeechNormalizer.TryNormalizeOwn(source, maxSeconds, output, cancellationToken);

    /// <inheritdoc/>
    public async Task<FaceSurvey> SurveyFaces(FaceSurveyRequest request, CancellationToken cancellationToken)
    {
        using var tracks = FaceTracks.Open(request.Faces);
        var cast = Cast.Of(tracks, cancellationToken);

        // Listening takes a while, and decides between several persons only.
        var own = cast.Count > 1 && request.Face == FaceChoice.Auto && request.OwnSound is { } sound
            ? await Hear(sound, request.Info.Fps, cancellationToken)
            : null;
        return await new FaceSurveyor(request, tracks, cast).Run(own, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<PlanSummary> PlanMouths(PlanRequest request, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var speech = await Hear(request.Speech, request.Info.Fps, cancellationToken);
        var own = request.OwnSound is { } sound ? await Hear(sound, request.Info.Fps, cancellationToken) : null;
        using var tracks = FaceTracks.Open(request.Faces);
        var speaker = SpeakerChoice.Choose(request.Face, tracks, request.Info, own, cancellationToken) ?? throw NoFaceFound();
        var map = request.HoldWithoutFace ? UnseenStretches.Hold(request.Map, tracks, speaker) : request.Map;
        var source = new RenderSource(request with { Map = map }, tracks, speaker, speech, own);
        var renderer = renderers.Default;

        using var scratch = new ScratchFolder(output);
        PlanSummary? summary;
        await using (var file = new FileStream(scratch.File("plan"), FileMode.Create, FileAccess.ReadWrite))
        {
            new PlanHeader(renderer.Name, map).WriteTo(file);
            summary = await renderer.Plan(source, file, progress, cancellationToken);
        }

        if (summary is not { FramesWithFace: > 0 })
        {
            throw NoFaceFound();
        }

        scratch.Publish("plan");
        return summary;
    }

    /// <inheritdoc/>
    public async Task Render(
        string normalVideo, NormalVideo info, string faces, string plan, int firstFrame, int frameCount, string output, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(plan, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = PlanHeader.ReadFrom(file);
        using var tracks = FaceTracks.Open(faces);
        using var renderer = renderers[header.Renderer].Open(header.Map, file, tracks);
        await using var frames = MappedFrames.Open(normalVideo, info, header.Map, firstFrame, frameCount);
        await using var chunk = FrameWriter.Open(output, info.Width, info.Height, info.Fps);
        await ChunkRenderer.Render(frames, renderer, chunk, info, firstFrame, frameCount, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task Assemble(
        IReadOnlyList<string> chunks, string speech, int frames, int fps, string output, CancellationToken cancellationToken) =>
        Muxer.Mux(chunks, speech, frames, fps, output, cancellationToken);

    /// <inheritdoc/>
    public async Task<SyncReport> Review(ReviewRequest request, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(request.Plan, FileMode.Open, FileAccess.Read, FileShare.Read);
        var header = PlanHeader.ReadFrom(file);
        var plan = renderers[header.Renderer].Read(header.Map, file);
        using var tracks = FaceTracks.Open(request.Faces);
        return await new OutputReview(models, plan, header.Map, tracks, request).Run(cancellationToken);
    }

    private async Task<MouthTrack> Hear(string sound, int fps, CancellationToken cancellationToken)
    {
        var listener = mouthTracker.Listen(fps);
        await foreach (var samples in AudioTrack.Read(sound, cancellationToken))
        {
            listener.Hear(samples.Span);
        }

        return listener.Finish();
    }

    internal static MediaRefusedException NoFaceFound() => new(
        "no_face_found", "No face that can speak was found. It must be seen from the front and be at least a twentieth of the picture wide, in the picture or in some of the video's frames.");
}

/// <param name="ShortSide">Pixels of the shorter side; the other follows from the picture's shape, rounded to even.</param>
/// <param name="Fps">Frames per second.</param>
public sealed record VideoFormat(int ShortSide, int Fps)
{
    /// <summary>Every so many frames a normal video can be entered without decoding earlier ones.</summary>
    public const int KeyFrameInterval = 25;
}

/// <summary>What a normal video file holds.</summary>
public sealed record NormalVideo(int Width, int Height, int Fps, int Frames);

/// <param name="Tracks">Faces found.</param>
/// <param name="FramesWithFace">Frames of the source in which the speaker's face is seen.</param>
public sealed record FaceSummary(int Tracks, int FramesWithFace);

/// <param name="FramesWithFace">Output frames in which the speaker's mouth is drawn.</param>
/// <param name="Report">What was planned, for people.</param>
public sealed record PlanSummary(int FramesWithFace, PlanReport Report);
