namespace LipSync.Rendering.Life;

/// <summary>Random numbers that are a pure function of a seed, a channel and a place: no order of asking changes them.</summary>
internal sealed class SeededNoise
{
    private readonly ulong seed = 14695981039346656037;

    public SeededNoise(string seed)
    {
        // FNV-1a: string hash codes differ from process to process.
        foreach (var character in seed)
        {
            this.seed = (this.seed ^ character) * 1099511628211;
        }
    }

    /// <summary>0 … 1, evenly.</summary>
    public float Uniform(int channel, int index)
    {
        // SplitMix64's finisher.
        var bits = seed + (ulong)(uint)channel * 0x9E3779B97F4A7C15 + (ulong)(uint)index * 0xD1B54A32D192ED03;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return ((bits ^ (bits >> 31)) >> 40) / (float)(1 << 24);
    }

    /// <summary>Mean 0, standard deviation 1, nearly normal, never beyond 3.5.</summary>
    public float Normal(int channel, int index) =>
        (Uniform(channel, 4 * index) + Uniform(channel, 4 * index + 1) + Uniform(channel, 4 * index + 2) + Uniform(channel, 4 * index + 3) - 2) * 1.7320508f;

    /// <summary>Wanders about 0 without a corner in its speed: one new <see cref="Normal"/> aim a period.</summary>
    public float Wander(int channel, double seconds, double period)
    {
        var place = seconds / period;
        var index = (int)Math.Floor(place);
        var t = (float)(place - index);
        return float.Lerp(Normal(channel, index), Normal(channel, index + 1), t * t * t * (t * (6 * t - 15) + 10));
    }
}
