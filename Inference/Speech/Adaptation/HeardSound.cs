namespace LipSync.Speech.Adaptation;

/// <summary>What is heard at a frame, as numbers with a spread of about 1: the generic mouth and the sounds.</summary>
internal static class HeardSound
{
    /// <summary>Mean and spread of the generic mouth's members over speech.</summary>
    private static readonly (double Mean, double Spread)[] Usual = [(0.3, 0.25), (0.5, 0.15), (0.2, 0.25), (0.1, 0.2), (0.1, 0.2), (0.6, 0.4), (0.2, 0.3)];

    public static double[] Of(MouthTrack track, int frame)
    {
        var pose = track[frame];
        ReadOnlySpan<float> members = [pose.Opening, pose.Width, pose.Rounding, pose.Closure, pose.Labiodental, pose.Voice, pose.Tongue];
        var sounds = track.Sounds;
        var heard = new double[Usual.Length + sounds.Dimensions];
        for (var i = 0; i < Usual.Length; i++)
        {
            heard[i] = (members[i] - Usual[i].Mean) / Usual[i].Spread;
        }

        for (var i = 0; i < sounds.Dimensions; i++)
        {
            heard[Usual.Length + i] = (double)sounds[Math.Min(frame, sounds.Frames - 1)][i];
        }

        return heard;
    }
}
