using LipSync.Basics;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Reports;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>The mouth region of every frame of a take and of its source, aligned by the head's pose in the source, at one scale.</summary>
/// <param name="Made">Of the finished video; null where the speaker is not seen.</param>
/// <param name="Real">Of the source as it would look encoded in the same way, in the output's order.</param>
internal sealed record MouthPictures(Patch?[] Made, Patch?[] Real)
{
    public static async Task<MouthPictures> Cut(Take take, string plain, CancellationToken cancellationToken)
    {
        var source = take.Source;
        var cutter = new MouthPatch(source.MeanFace, Quantile.UpperMedian(source.Seen.OfType<SeenMouth>().Select(mouth => mouth.Pose.Scale)));
        var (made, real) = (new Patch?[take.Info.Frames], new Patch?[take.Info.Frames]);
        await foreach (var (number, one, other) in VideoPair.Read(take.Video, plain, take.Info, cancellationToken))
        {
            if (source.Seen[take.Request.Map.SourceOf(number)] is { } mouth)
            {
                (made[number], real[number]) = (cutter.Cut(one, mouth.Pose), cutter.Cut(other, mouth.Pose));
            }
        }

        return new(made, real);
    }
}
