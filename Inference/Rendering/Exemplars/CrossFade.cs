using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Exemplars;

/// <summary>
/// Softens the cuts of an exemplar path: a triangle of one and a half frames to either side, so each frame beside a cut shows a
/// third of the other run, if that fits its opening. Longer fades, and fades of unlike mouths, show two rows of teeth.
/// </summary>
internal static class CrossFade
{
    private const float Share = 1 / 3f;

    /// <summary>Writes the path, and the fades at its cuts, into the frames.</summary>
    public static void Show(int[] path, IReadOnlyList<Exemplar> exemplars, Span<PlannedFrame> frames)
    {
        for (var i = 0; i < path.Length; i++)
        {
            frames[i] = frames[i] with { Exemplar = path[i] };
        }

        for (var i = 1; i < path.Length; i++)
        {
            if (ExemplarSelection.RunsOn(exemplars[path[i - 1]], exemplars[path[i]]))
            {
                continue;
            }

            frames[i - 1] = Fade(frames[i - 1], path[i], exemplars);
            frames[i] = Fade(frames[i], path[i - 1], exemplars);
        }
    }

    private static PlannedFrame Fade(PlannedFrame frame, int other, IReadOnlyList<Exemplar> exemplars)
    {
        var opening = frame.Mouth.Opening;
        var fits = MathF.Abs(exemplars[other].Face.Mouth.Opening - opening) <= 0.015f + 0.15f * opening;
        return fits ? frame with { Fading = other, Fade = Share } : frame;
    }
}
