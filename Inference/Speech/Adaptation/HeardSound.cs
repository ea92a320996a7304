using LipSync.Basics;

namespace LipSync.Speech.Adaptation;

/// <summary>
/// What is heard about a frame, as numbers with a spread of about 1: the generic mouth and the sounds, both averaged over the time that
/// a mouth needs to follow.
/// </summary>
internal sealed class HeardSound(MouthTrack track, int fps)
{
    /// <summary>Standard deviation of the averaging, in seconds.</summary>
    private const double Inertia = 0.08;

    /// <summary>The generic mouth's members, with their mean and spread over speech.</summary>
    private static readonly (Func<MouthPose, float> Of, float Mean, float Spread)[] Members =
    [
        (pose => pose.Opening, 0.3f, 0.25f), (pose => pose.Width, 0.5f, 0.15f), (pose => pose.Rounding, 0.2f, 0.25f), (pose => pose.Closure, 0.1f, 0.2f),
        (pose => pose.Labiodental, 0.1f, 0.2f), (pose => pose.Voice, 0.6f, 0.4f), (pose => pose.Tongue, 0.2f, 0.3f),
    ];

    private readonly float[][] series =
    [
        .. Members.Select(member => Smooth(track, fps, frame => (member.Of(track[frame]) - member.Mean) / member.Spread)),
        .. Enumerable.Range(0, track.Sounds.Dimensions).Select(i => Smooth(track, fps, frame => (float)track.Sounds[frame][i])),
    ];

    public double[] this[int frame] => Array.ConvertAll(series, values => (double)values[frame]);

    private static float[] Smooth(MouthTrack track, int fps, Func<int, float> value) =>
        GaussianFilter.Smooth([.. Enumerable.Range(0, track.Poses.Count).Select(value)], Inertia * fps);
}
