namespace LipSync.Speech.Adaptation;

/// <summary>
/// What is heard about a frame, as numbers with a spread of about 1: the generic mouth and the sounds, both averaged over the time that
/// lips need to follow.
/// </summary>
internal sealed class HeardSound
{
    /// <summary>Standard deviation of the averaging, in seconds.</summary>
    private const double Inertia = 0.08;

    /// <summary>Mean and spread of the generic mouth's members over speech.</summary>
    private static readonly (double Mean, double Spread)[] Usual = [(0.3, 0.25), (0.5, 0.15), (0.2, 0.25), (0.1, 0.2), (0.1, 0.2), (0.6, 0.4), (0.2, 0.3)];

    private readonly MouthTrack track;
    private readonly double[] kernel;

    public HeardSound(MouthTrack track, int fps)
    {
        this.track = track;
        var radius = (int)Math.Ceiling(2.5 * Inertia * fps);
        kernel = [.. Enumerable.Range(-radius, (2 * radius) + 1).Select(distance => Math.Exp(-0.5 * Math.Pow(distance / (Inertia * fps), 2)))];
    }

    /// <summary>Beyond the ends the first and the last frame go on.</summary>
    public double[] this[int frame]
    {
        get
        {
            var heard = new double[Usual.Length + track.Sounds.Dimensions];
            var total = kernel.Sum();
            for (var i = 0; i < kernel.Length; i++)
            {
                Add(Math.Clamp(frame + i - (kernel.Length / 2), 0, track.Poses.Count - 1), kernel[i] / total, heard);
            }

            return heard;
        }
    }

    private void Add(int frame, double weight, double[] heard)
    {
        var pose = track[frame];
        ReadOnlySpan<float> members = [pose.Opening, pose.Width, pose.Rounding, pose.Closure, pose.Labiodental, pose.Voice, pose.Tongue];
        for (var i = 0; i < Usual.Length; i++)
        {
            heard[i] += weight * (members[i] - Usual[i].Mean) / Usual[i].Spread;
        }

        for (var i = Usual.Length; i < heard.Length; i++)
        {
            heard[i] += weight * (double)track.Sounds[frame][i - Usual.Length];
        }
    }
}
