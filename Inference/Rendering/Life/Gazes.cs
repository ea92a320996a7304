using LipSync.Basics;

namespace LipSync.Rendering.Life;

/// <summary>
/// Where a portrait looks: at the viewer, whom the eyes hold while the head turns, with the small jumps between two fixations that no eye
/// is without. Lids hide some of them.
/// </summary>
internal static class Gazes
{
    private const double ShortestSeconds = 0.6;
    private const double LongestSeconds = 2.6;
    private const float JumpSeconds = 0.05f;

    /// <summary>Standard deviation of a fixation about the viewer, and the furthest, in eye distances.</summary>
    private const float Spread = 0.007f;
    private const float Furthest = 0.014f;

    /// <summary>An eyeball's radius in eye distances: what a radian of the head's turn is worth.</summary>
    private const float Eyeball = 0.13f;

    private const int Times = 101;
    private const int Places = 102;

    /// <param name="yaw">Radians the head is turned in each frame.</param>
    public static float[] Of(ReadOnlySpan<float> yaw, int fps, SeededNoise noise)
    {
        var gazes = new float[yaw.Length];
        var (from, to, at, next) = (0f, 0f, 0.0, Pause(noise, 0));
        for (var (frame, jump) = (0, 0); frame < gazes.Length; frame++)
        {
            var seconds = frame / (double)fps;
            if (seconds >= next)
            {
                jump++;
                (from, to, at) = (to, Math.Clamp(Spread * noise.Normal(Places, jump), -Furthest, Furthest), next);
                next += Pause(noise, jump);
            }

            gazes[frame] = float.Lerp(from, to, Hermite.SmoothStep(0, JumpSeconds, (float)(seconds - at))) - Eyeball * yaw[frame];
        }

        return gazes;
    }

    private static double Pause(SeededNoise noise, int jump) => double.Lerp(ShortestSeconds, LongestSeconds, noise.Uniform(Times, jump));
}
