namespace LipSync.Speech.Adaptation;

/// <summary>A speaker whose opening depends on sounds in his own way: half as anybody expects, half by sounds that nobody expects.</summary>
internal sealed class SyntheticSpeaker
{
    public const int Fps = 25;

    private const int Dimensions = 10;

    public SyntheticSpeaker(double seconds, int seed, int soundLate = 0)
    {
        var frames = (int)(seconds * Fps);
        var random = new Random(seed);
        var sounds = Enumerable.Range(0, Dimensions).Select(_ => Wandering(random, frames)).ToArray();
        Openings = [.. Enumerable.Range(0, frames).Select(frame => 0.08f + (0.03f * (sounds[0][frame] + sounds[1][frame])))];
        var poses = Enumerable.Range(0, frames).Select(frame => new MouthPose(0.5f + (0.2f * sounds[0][Early(frame)]), 0.5f, 0, 0, 0, 1));
        var values = Enumerable.Range(0, frames * Dimensions).Select(i => (Half)sounds[i % Dimensions][Early(i / Dimensions)]);
        Speech = new([.. poses], new SpeechSounds([.. values], Dimensions));

        int Early(int frame) => Math.Max(0, frame - soundLate);
    }

    public MouthTrack Speech { get; }

    /// <summary>In eye distances.</summary>
    public float[] Openings { get; }

    public List<SourceMouth?> Seen => [.. Openings.Select(opening => (SourceMouth?)new SourceMouth(opening, 0.6f))];

    /// <summary>Noise with a spread of 1 that changes about five times a second, as syllables do.</summary>
    private static float[] Wandering(Random random, int frames)
    {
        var (position, speed) = (0.0, 0.0);
        return [.. Enumerable.Range(0, frames + 100).Select(_ =>
        {
            speed += ((random.NextDouble() - 0.5) * 2.2) - (0.55 * position) - (0.5 * speed);
            return (float)(position += speed);
        }).Skip(100)];
    }
}
