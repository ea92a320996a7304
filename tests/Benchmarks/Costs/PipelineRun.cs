using LipSync.Media;
using LipSync.Reports;

namespace LipSync.Benchmarks.Costs;

/// <summary>One video made from files the way a cluster makes it, chunk by chunk, and what that cost.</summary>
/// <param name="Frames">Of the output.</param>
/// <param name="Stages">From the source to the finished video.</param>
/// <param name="Review">Looking at the finished video again.</param>
/// <param name="Plain">Plain transcodes of the source: with the finished video's encoding, and with ffmpeg's own. Empty for a picture, or where none was asked for.</param>
internal sealed record PipelineRun(int Frames, int Fps, IReadOnlyList<StageCost> Stages, StageCost Review, IReadOnlyList<StageCost> Plain, SyncReport Report)
{
    public double Seconds => (double)Frames / Fps;

    public StageCost All => StageCost.Sum("all", Stages, Frames);

    public static async Task<PipelineRun> Measure(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("lipsync-benchmark-");
        try
        {
            return await Measure(options, name => Path.Combine(folder.FullName, name), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<PipelineRun> Measure(BenchmarkOptions options, Func<string, string> at, CancellationToken cancellationToken)
    {
        var pipeline = LipSyncPipeline.Create();
        pipeline.RequireInstalled();
        List<StageCost> stages = [];
        var format = new VideoFormat(options.ShortSide, options.Fps);

        var (info, _) = await StageClock.Measure("normalise, faces", stages, () => pipeline.NormalizeVideo(
            options.Source, options.IsImage, format, options.MaxSeconds, at("video.mp4"), at("faces"), null, cancellationToken), made => made.Video.Frames);
        var (seconds, hasSound) = await StageClock.Measure("normalise sounds", stages, async () => (
            await pipeline.NormalizeSpeech(options.Speech, options.MaxSeconds, at("speech.flac"), cancellationToken),
            !options.IsImage && await pipeline.TryNormalizeOwnSound(options.Source, options.MaxSeconds, at("own.flac"), cancellationToken)), _ => 0);
        var request = new PlanRequest
        {
            Video = at("video.mp4"),
            Info = info,
            Faces = at("faces"),
            Speech = at("speech.flac"),
            OwnSound = hasSound ? at("own.flac") : null,
            Map = FrameMap.For(SyncMode.Bounce, info.Frames, seconds, options.Fps),
        };
        var frames = request.Map.OutputFrames;
        var plan = await StageClock.Measure("plan mouths", stages, () => pipeline.PlanMouths(request, at("plan"), null, cancellationToken), _ => frames);
        var chunks = await StageClock.Measure(
            "render",
            stages,
            () => ChunkedRendering.Run(pipeline, request, at("plan"), options.ChunkOf(frames), options.Slots, start => at($"{start}.mp4"), cancellationToken),
            _ => frames);
        await StageClock.Measure("assemble", stages, async () =>
        {
            await pipeline.Assemble(chunks, at("speech.flac"), frames, options.Fps, options.Output, cancellationToken);
            return frames;
        }, made => made);
        List<StageCost> review = [];
        var report = await StageClock.Measure("review", review, () => pipeline.Review(
            new()
            {
                Video = options.Output, Info = info with { Frames = frames }, Faces = at("faces"), Plan = at("plan"), Report = plan.Report,
                ContactSheet = Path.ChangeExtension(options.Output, ".png"), Plot = Path.ChangeExtension(options.Output, ".svg"),
            },
            cancellationToken), _ => 0);
        return new(frames, options.Fps, stages, review[0], options.IsImage || !options.Transcodes ? [] : await Transcode(options.Source, info, at("plain.mp4"), cancellationToken), report);
    }

    private static async Task<List<StageCost>> Transcode(string source, NormalVideo info, string output, CancellationToken cancellationToken)
    {
        List<StageCost> plain = [];
        await StageClock.Measure("plain transcode", plain, () => PlainTranscode.Run(source, info, VideoEncoding.Delivery, output, cancellationToken), frames => frames);
        await StageClock.Measure("  ffmpeg's default", plain, () => PlainTranscode.Run(source, info, ["-c:v", "libx264"], output, cancellationToken), frames => frames);
        return plain;
    }
}
