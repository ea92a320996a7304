using LipSync.Basics;
using LipSync.Media;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

/// <summary>
/// Mouths straight from the spectrum, without a trained model: needs no weights, knows no language, and cannot tell all sounds apart.
/// Everything is measured against the recording itself, so that voice, microphone and level don't matter. Deterministic; thread-safe.
/// </summary>
public sealed class SpectralMouthTracker : IMouthTracker
{
    /// <summary>Mouths move before they sound.</summary>
    private const double LeadSeconds = 0.04;

    /// <summary>Coarticulation: jaw and lips take about twice this to get anywhere.</summary>
    private const double JawSigma = 0.035;
    private const double LipSigma = 0.045;

    private const float AjarInPause = 0.15f;

    public IMouthListener Listen(int fps) => new Listener(fps);

    private static MouthTrack Track(MelSpectrogram spectrum, double seconds, int fps)
    {
        var frames = (int)Math.Ceiling(seconds * fps);
        if (frames == 0)
        {
            return new([]);
        }

        var cues = new SpectralCues(spectrum);
        var activity = cues.Activity;
        if (!Enumerable.Range(0, activity.Presence.Frames).Any(activity.IsSpeech))
        {
            return new([.. Enumerable.Repeat(MouthPose.Rest, frames)]);
        }

        var presence = activity.Presence.Smooth(JawSigma / 2);
        var closure = Over(cues.Closure).Smooth(JawSigma / 2);
        var labiodental = Over(cues.Labiodental).Smooth(JawSigma);
        var opening = Opening(cues, closure);
        var spread = Over(i => presence[i] * (cues.Spread[i] - 0.5f)).Smooth(LipSigma);
        var poses = new MouthPose[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var time = ((double)frame / fps) + LeadSeconds;
            var width = spread.At(time);
            poses[frame] = new(
                opening.At(time), Math.Clamp(0.5f + width, 0, 1), Math.Clamp(-2 * width, 0, 1),
                closure.At(time), labiodental.At(time), presence.At(time));
        }

        return new(poses);

        Contour Over(Func<int, float> value) => new(activity.Presence.Frames, value);
    }

    private static Contour Opening(SpectralCues cues, Contour closure)
    {
        var activity = cues.Activity;
        var vowel = new Contour(activity.Presence.Frames, i =>
            activity.Presence[i] * MathF.Max(0, (0.6f * cues.Balance[i]) + (0.4f * cues.FirstFormant[i]) - (0.15f * cues.Hiss[i]))).Smooth(JawSigma);

        // A track without any open vowel must not be blown up to one.
        var widest = Math.Clamp(vowel.Percentile(0.95, activity.IsSpeech), 0.6f, 1);
        return new Contour(vowel.Frames, i =>
            MathF.Max(Math.Clamp(vowel[i] / widest, 0, 1), Ajar(activity, i)) * (1 - (0.9f * closure[i]))).Smooth(JawSigma / 2);
    }

    /// <summary>Lips stay a little apart in short pauses, part again to breathe in before speech, and close in between.</summary>
    private static float Ajar(SpeechActivity activity, int frame) => AjarInPause * MathF.Max(
        1 - Hermite.SmoothStep(0.1f, 0.6f, activity.SinceSpeech(frame)),
        1 - Hermite.SmoothStep(0.05f, 0.3f, activity.UntilSpeech(frame)));

    private sealed class Listener : IMouthListener
    {
        private readonly int fps;
        private readonly MelSpectrogram spectrum = new();
        private readonly MelAnalyzer analyzer;
        private long samplesHeard;

        public Listener(int fps)
        {
            this.fps = fps;
            analyzer = new(spectrum.Add);
        }

        public void Hear(ReadOnlySpan<float> samples)
        {
            samplesHeard += samples.Length;
            analyzer.Add(samples);
        }

        public MouthTrack Finish()
        {
            analyzer.Finish();
            return Track(spectrum, (double)samplesHeard / AudioTrack.SampleRate, fps);
        }
    }
}
