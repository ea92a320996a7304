using LipSync.Basics;
using LipSync.Media;
using LipSync.Models;
using LipSync.Speech.Network;
using LipSync.Speech.Spectra;
using Microsoft.ML.OnnxRuntime;

namespace LipSync.Speech;

/// <summary>Mouths and sounds by our own network. Knows no language. Deterministic; thread-safe.</summary>
public sealed class NeuralMouthTracker(ModelCatalog models) : IMouthTracker
{
    /// <summary>Mouths move before they sound.</summary>
    private const double LeadSeconds = 0.04;

    // Closures that the network is sure of shut the lips, whatever it thinks of the opening: viewers forgive an open p least.
    private const float ClosingFrom = 0.5f;
    private const float ClosedFrom = 0.9f;

    // Pressed lips stay so for longer than a step: what doesn't is a burst that sounds like theirs. The gain makes up for it.
    private const double ClosureSmoothing = 0.02;
    private const float ClosureGain = 1.25f;

    private readonly Lazy<InferenceSession> session = new(() => models.OpenOnnx(ModelCatalog.SpeechToMouth));

    public IMouthListener Listen(int fps) => new Listener(session.Value, fps);

    private sealed class Listener : IMouthListener
    {
        private readonly int fps;
        private readonly MelAnalyzer analyzer;
        private readonly SpeechLevels levels;
        private readonly MouthNetwork network;
        private readonly List<float> tracks = [];
        private readonly List<Half> sounds = [];
        private long samplesHeard;

        public Listener(InferenceSession session, int fps)
        {
            this.fps = fps;
            network = new(session, Keep);
            levels = new(network.Hear);
            analyzer = new(levels.Hear);
        }

        public void Hear(ReadOnlySpan<float> samples)
        {
            samplesHeard += samples.Length;
            analyzer.Add(samples);
        }

        public MouthTrack Finish()
        {
            analyzer.Finish();
            levels.Finish();
            network.Finish();
            var frames = (int)((samplesHeard * fps + AudioTrack.SampleRate - 1) / AudioTrack.SampleRate);
            return frames == 0 ? new([]) : new(Poses(frames), Sounds(frames));
        }

        private void Keep(ReadOnlySpan<float> step, ReadOnlySpan<float> sound)
        {
            tracks.AddRange(step);
            foreach (var value in sound)
            {
                sounds.Add((Half)value);
            }
        }

        private MouthPose[] Poses(int frames)
        {
            var pauses = new Pauses(Track(5));
            var (width, rounding, closure, labiodental, tongue) = (Track(1), Track(2), Lasting(Track(3)), Track(4), Track(6));
            var opening = pauses.Fill(Track(0));
            var poses = new MouthPose[frames];
            for (var frame = 0; frame < frames; frame++)
            {
                // What the network makes of noise between and around speech moves nothing.
                var time = Time(frame);
                var voice = pauses.Presence.At(time);
                var closed = voice * closure.At(time);
                poses[frame] = new(
                    opening.At(time) * (1 - Hermite.SmoothStep(ClosingFrom, ClosedFrom, closed)), 0.5f + (voice * (width.At(time) - 0.5f)),
                    voice * rounding.At(time), closed, voice * labiodental.At(time), voice, voice * tongue.At(time));
            }

            return poses;
        }

        private static Contour Lasting(Contour closure)
        {
            var smooth = closure.Smooth(ClosureSmoothing);
            return new(closure.Frames, closure.Rate, step => MathF.Min(1, ClosureGain * MathF.Min(closure[step], smooth[step])));
        }

        private Contour Track(int track) => new(
            tracks.Count / MouthNetwork.Tracks, MouthNetwork.Rate, step => tracks[(step * MouthNetwork.Tracks) + track]);

        private double Time(int frame) => ((double)frame / fps) + LeadSeconds;

        private SpeechSounds Sounds(int frames)
        {
            var steps = sounds.Count / MouthNetwork.Sounds;
            var values = new Half[frames * MouthNetwork.Sounds];
            for (var frame = 0; frame < frames; frame++)
            {
                var at = Math.Min(Time(frame) * MouthNetwork.Rate, steps - 1);
                var (step, next) = ((int)at, Math.Min((int)at + 1, steps - 1));
                for (var i = 0; i < MouthNetwork.Sounds; i++)
                {
                    var (here, there) = ((float)sounds[(step * MouthNetwork.Sounds) + i], (float)sounds[(next * MouthNetwork.Sounds) + i]);
                    values[(frame * MouthNetwork.Sounds) + i] = (Half)(here + ((there - here) * (float)(at - step)));
                }
            }

            return new(values, MouthNetwork.Sounds);
        }
    }
}
