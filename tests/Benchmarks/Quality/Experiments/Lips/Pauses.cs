using System.Runtime.CompilerServices;
using LipSync.Benchmarks.Quality.Measures;
using LipSync.Benchmarks.Quality.Takes;
using LipSync.Media.Ffmpeg;

namespace LipSync.Benchmarks.Quality.Experiments.Lips;

/// <summary>How still the mouth is in two seconds of silence, in the middle of a speech and at its end.</summary>
internal sealed class Pauses : IExperiment
{
    private const double Spoken = 3;
    private const double Silence = 2;

    /// <summary>A mouth takes about a second to close after speech, and opens to breathe in before it.</summary>
    private const double Settling = 1;
    private const double Onset = 0.4;

    private static readonly Clip[] Videos = [Clip.Demo1, Clip.Silent, Clip.Portrait];

    public string Name => "silence";

    public async IAsyncEnumerable<Figure> Measure(Studio studio, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var speech = await WithPauses(studio, cancellationToken);
        foreach (var video in Videos)
        {
            var take = await studio.Take(video, speech, cancellationToken);
            var range = OpeningRange.Of(take.Planned.Openings()).Size;
            var (seen, planned) = (take.Seen.Openings(), take.Planned.Openings());
            double Unrest(float[] openings, double from, double to) => Deviation(openings[(int)(from * take.Info.Fps)..(int)(to * take.Info.Fps)]) / range;

            var (inserted, appended) = (Spoken, Spoken + Silence + Spoken);
            yield return new("silence appended: sd / range", video.Name, Unrest(seen, appended, appended + Silence), Aim.AtMost(0.02), 0.005);
            yield return new("silence appended, settled: sd / range", video.Name, Unrest(seen, appended + Settling, appended + Silence), Aim.AtMost(0.02), 0.005);
            yield return new("silence appended, settled, planned: sd / range", video.Name, Unrest(planned, appended + Settling, appended + Silence), Aim.None, 0);
            yield return new("silence inserted: sd / range", video.Name, Unrest(seen, inserted, inserted + Silence), Aim.AtMost(0.02), 0.005);
            yield return new("silence inserted, settled: sd / range", video.Name, Unrest(seen, inserted + Settling, inserted + Silence - Onset), Aim.AtMost(0.02), 0.005);
        }
    }

    private static double Deviation(float[] openings)
    {
        var seen = openings.Where(float.IsFinite).ToList();
        var mean = seen.Average();
        return Math.Sqrt(seen.Average(opening => (opening - mean) * (opening - mean)));
    }

    private static async Task<Clip> WithPauses(Studio studio, CancellationToken cancellationToken)
    {
        var (speech, path) = (await studio.Speech(Clip.English, cancellationToken), studio.NewFile() + ".flac");
        var filter = FormattableString.Invariant(
            $"[0]atrim=0:{Spoken},apad=pad_dur={Silence}[a];[0]atrim={Spoken}:{2 * Spoken},asetpts=PTS-STARTPTS,apad=pad_dur={Silence}[b];[a][b]concat=v=0:a=1");
        await FfmpegProcess.Run(FfmpegCommand.Ffmpeg(["-i", speech.Path, "-filter_complex", filter, "-f", "flac", path]), cancellationToken);
        return new Clip("jfk with pauses", path);
    }
}
