using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Takes;
using LipSync.Faces;
using LipSync.Media;

namespace LipSync.Benchmarks.Quality.Experiments.Pictures;

/// <summary>What becomes of the picture outside the lower face: before encoding nothing, after it what the encoder makes of it.</summary>
internal sealed class Surroundings : IExperiment
{
    private const int EveryFrames = 5;

    private static readonly (Clip Video, Clip Speech)[] Pairs = [(Clip.Demo1, Clip.English), (Clip.Demo2, Clip.German), (Clip.Silent, Clip.English)];

    public string Name => "surroundings";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (video, speech) in Pairs)
        {
            var take = await studio.Take(video, speech, cancellationToken);
            var subject = $"{video.Name}, {speech.Name}";
            yield return new("outside the lower face: samples changed before encoding, %", subject, 100 * await Drawn(take, cancellationToken), Aim.AtMost(0), 0);
            yield return new("outside the lower face: PSNR, dB", subject, await Encoded(take, await studio.Plain(take, cancellationToken), cancellationToken), Aim.AtLeast(45), 0.5);
        }
    }

    private static async Task<double> Drawn(Take take, CancellationToken cancellationToken)
    {
        var request = take.Request;
        await using var plan = File.OpenRead(take.Plan);
        using var faces = FaceTracks.Open(request.Faces);
        using var renderer = Studio.Draw(plan, faces);
        await using var frames = MappedFrames.Open(request.Video, request.Info, request.Map, 0, request.Map.OutputFrames);
        using var before = new YuvFrame(request.Info.Width, request.Info.Height);
        using var after = new YuvFrame(request.Info.Width, request.Info.Height);
        var (samples, different) = (0L, 0L);
        for (var number = 0; await frames.Read(before, cancellationToken); number++)
        {
            if (number % EveryFrames == 0 && LowerFaceOf(take, number) is { } lowerFace)
            {
                before.CopyTo(after);
                renderer.Render(number, after);
                var outside = lowerFace.Outside(before, after);
                (samples, different) = (samples + outside.Samples, different + outside.Different);
            }
        }

        return (double)different / samples;
    }

    private static async Task<double> Encoded(Take take, string plain, CancellationToken cancellationToken)
    {
        var (samples, squares) = (0L, 0L);
        await foreach (var (number, made, unmade) in VideoPair.Read(take.Video, plain, take.Info, cancellationToken))
        {
            if (number % EveryFrames == 0 && LowerFaceOf(take, number) is { } lowerFace)
            {
                var outside = lowerFace.Outside(made, unmade);
                (samples, squares) = (samples + outside.Samples, squares + outside.Squares);
            }
        }

        return 10 * Math.Log10(255.0 * 255 * samples / squares);
    }

    private static LowerFace? LowerFaceOf(Take take, int frame) =>
        take.Source.Seen[take.Request.Map.SourceOf(frame)] is { } mouth ? new(mouth.Pose, take.Source.MeanFace) : null;
}
