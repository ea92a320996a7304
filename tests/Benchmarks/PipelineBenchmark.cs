using LipSync.Media;

namespace LipSync.Benchmarks;

/// <summary>Runs the engine on files as a cluster would, chunk by chunk, and prints what each stage costs.</summary>
internal static class PipelineBenchmark
{
    public static async Task Run(BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("lipsync-benchmark-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var pipeline = LipSyncPipeline.Create();
            pipeline.RequireInstalled();
            var clock = new StageClock();
            var format = new VideoFormat(options.ShortSide, options.Fps);

            var info = await clock.Measure("normalise video", () => pipeline.NormalizeVideo(
                options.Source, options.IsImage, format, options.MaxSeconds, At("video.mp4"), null, cancellationToken), video => video.Frames);
            var seconds = await clock.Measure("normalise speech", () => pipeline.NormalizeSpeech(
                options.Speech, options.MaxSeconds, At("speech.flac"), cancellationToken), _ => 0);
            await clock.Measure("track faces", () => pipeline.TrackFaces(
                At("video.mp4"), info, At("faces"), null, cancellationToken), _ => info.Frames);
            var map = FrameMap.For(SyncMode.Bounce, info.Frames, seconds, options.Fps);
            var request = new PlanRequest { Video = At("video.mp4"), Info = info, Faces = At("faces"), Speech = At("speech.flac"), Map = map };
            var plan = await clock.Measure("plan mouths", () => pipeline.PlanMouths(request, At("plan"), null, cancellationToken), _ => map.OutputFrames);
            var chunks = await clock.Measure(
                "render",
                () => ChunkedRendering.Run(pipeline, request, At("plan"), options.Chunk, options.Slots, start => At($"{start}.mp4"), cancellationToken),
                _ => map.OutputFrames);
            await clock.Measure("assemble", async () =>
            {
                await pipeline.Assemble(chunks, At("speech.flac"), map.OutputFrames, options.Fps, options.Output, cancellationToken);
                return map.OutputFrames;
            }, frames => frames);
            var report = await clock.Aside("review", () => pipeline.Review(
                new()
                {
                    Video = options.Output, Info = info with { Frames = map.OutputFrames }, Faces = At("faces"), Plan = At("plan"), Report = plan.Report,
                    ContactSheet = Path.ChangeExtension(options.Output, ".png"), Plot = Path.ChangeExtension(options.Output, ".svg"),
                },
                cancellationToken), _ => 0);
            if (!options.IsImage)
            {
                await clock.Compare("plain transcode", () => PlainTranscode.Run(options.Source, info, At("plain.mp4"), cancellationToken));
            }

            clock.Print((double)map.OutputFrames / options.Fps, map.OutputFrames);
            Console.WriteLine($"{report.Opening} {report.Closures} {string.Join(' ', report.Warnings)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
