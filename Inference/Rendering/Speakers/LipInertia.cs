using LipSync.Basics;
using LipSync.Speech;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// Lips are slower than sounds: they are on their way before a p and after it, and between two sounds they cut corners. Without that a
/// mouth jerks three times as much as any real one.
/// </summary>
internal static class LipInertia
{
    /// <summary>Standard deviation of all movement, in seconds.</summary>
    private const double Movement = 0.04;

    /// <summary>A closure is held for at least this long to either side, so that it still closes the lips when they have gone their way.</summary>
    private const double Hold = 0.04;

    /// <summary>From the first on lips approach, from the second on they touch.</summary>
    private const float Touching = 0.1f;
    private const float Pressed = 0.55f;
    private const float LabiodentalShare = 0.7f;

    /// <summary>The mouths of a track as lips can make them; closed lips, and the lip under the teeth, are part of the opening.</summary>
    /// <param name="frames">Of the output; beyond the track's end the mouth rests.</param>
    public static MouthPose[] Of(MouthTrack track, int frames, int fps)
    {
        var poses = Enumerable.Range(0, frames).Select(frame => track[frame]).ToArray();
        var opening = Smooth(pose => pose.Opening);
        var width = Smooth(pose => pose.Width);
        var rounding = Smooth(pose => pose.Rounding);
        var labiodental = Smooth(pose => pose.Labiodental);
        var closed = poses.Select(pose => Hermite.SmoothStep(Touching, Pressed, pose.Closure)).ToArray();
        var closing = GaussianFilter.Smooth(Held(closed, (int)Math.Round(Hold * fps)), Movement * fps);
        return [.. poses.Select((pose, i) => pose with
        {
            Opening = opening[i] * (1 - MathF.Max(closed[i], closing[i])) * (1 - (LabiodentalShare * labiodental[i])),
            Width = width[i],
            Rounding = rounding[i],
        })];

        float[] Smooth(Func<MouthPose, float> member) => GaussianFilter.Smooth([.. poses.Select(member)], Movement * fps);
    }

    private static float[] Held(float[] values, int frames) =>
        [.. values.Select((_, i) => values[Math.Max(0, i - frames)..Math.Min(values.Length, i + frames + 1)].Max())];
}
