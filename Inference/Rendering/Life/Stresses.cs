using LipSync.Basics;
using LipSync.Speech;

namespace LipSync.Rendering.Life;

/// <summary>Where a speech is stressed: its mouth opens further than about it. The picture of stress that the eye expects to see with it.</summary>
internal static class Stresses
{
    private const float SmoothingSeconds = 0.07f;

    /// <summary>Stresses are at least so far apart.</summary>
    private const float ApartSeconds = 0.45f;

    /// <summary>The share of the widest openings that counts as stress.</summary>
    private const float Least = 0.6f;

    /// <summary>Frames, and how strong, 0 … 1.</summary>
    public static IReadOnlyList<(int Frame, float Strength)> Of(MouthTrack speech, int frames, int fps)
    {
        var openings = LifePlan.Smoothed(frames, frame => speech[frame].Opening * speech[frame].Voice, SmoothingSeconds * fps);
        var widest = Quantile.At(openings.Order().ToArray(), 0.95f);
        var apart = Math.Max(1, (int)MathF.Round(ApartSeconds * fps));
        var stresses = new List<(int, float)>();
        for (var frame = 1; frame < frames - 1 && widest > 0; frame++)
        {
            if (openings[frame] >= Least * widest && IsHighest(openings, frame, apart))
            {
                stresses.Add((frame, Math.Clamp((openings[frame] / widest - Least) / (1 - Least), 0.2f, 1)));
            }
        }

        return stresses;
    }

    private static bool IsHighest(float[] values, int frame, int reach)
    {
        for (var near = Math.Max(0, frame - reach); near <= Math.Min(values.Length - 1, frame + reach); near++)
        {
            if (values[near] > values[frame] || (values[near] == values[frame] && near < frame))
            {
                return false;
            }
        }

        return true;
    }
}
