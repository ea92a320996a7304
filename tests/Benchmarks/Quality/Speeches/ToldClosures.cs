using LipSync.Benchmarks.Quality.Measures;
using LipSync.Speech;

namespace LipSync.Benchmarks.Quality.Speeches;

/// <summary>A mouth tracker that is told when lips are pressed, as one that reads the text would know it.</summary>
internal sealed class ToldClosures(IMouthTracker tracker, IReadOnlyList<Stretch> closures) : IMouthTracker
{
    private const double ClosingSeconds = 0.045;
    private const double ReleaseSeconds = 0.040;

    private bool told;

    /// <summary>The first to be listened to is the speech; a source's own sound comes after it and is left as it is.</summary>
    public IMouthListener Listen(int fps)
    {
        var listener = tracker.Listen(fps);
        (var first, told) = (!told, true);
        return first ? new Listener(this, listener, fps) : listener;
    }

    private MouthPose Tell(MouthPose pose, double time)
    {
        var closure = closures.Select(closure => Math.Min(
            (time - (closure.Start - ClosingSeconds)) / ClosingSeconds, (closure.End + ReleaseSeconds - time) / ReleaseSeconds)).Append(0).Max();
        return pose with { Closure = (float)Math.Min(closure, 1) };
    }

    private sealed class Listener(ToldClosures owner, IMouthListener listener, int fps) : IMouthListener
    {
        public void Hear(ReadOnlySpan<float> samples) => listener.Hear(samples);

        public MouthTrack Finish()
        {
            var track = listener.Finish();
            return track with { Poses = [.. track.Poses.Select((pose, frame) => owner.Tell(pose, (double)frame / fps))] };
        }
    }
}
