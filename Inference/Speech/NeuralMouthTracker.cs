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
            var steps = tracks.Count / MouthNetwork.Tracks;
            var mouth = Enumerable.Range(0, MouthNetwork.Tracks).Select(track => new Contour(steps, MouthNetwork.Rate, step => tracks[(step * MouthNetwork.Tracks) + track])).ToArray();
            var poses = new MouthPose[frames];
            for (var frame = 0; frame < frames; frame++)
            {
                var time = ((double)frame / fps) + LeadSeconds;
                poses[frame] = new(
                    mouth[0].At(time), mouth[1].At(time), mouth[2].At(time), mouth[3].At(time), mouth[4].At(time), mouth[5].At(time), mouth[6].At(time));
            }

            return poses;
        }

        private SpeechSounds Sounds(int frames)
        {
            var steps = sounds.Count / MouthNetwork.Sounds;
            var values = new Half[frames * MouthNetwork.Sounds];
            for (var frame = 0; frame < frames; frame++)
            {
                var at = Math.Min((((double)frame / fps) + LeadSeconds) * MouthNetwork.Rate, steps - 1);
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
