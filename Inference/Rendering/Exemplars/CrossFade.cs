using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Exemplars;

/// <summary>
/// Softens the cuts of an exemplar path: a triangle of one and a half frames to either side, so each frame beside a cut shows a
/// third of the other run. Longer fades show two rows of teeth.
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

            frames[i - 1] = frames[i - 1] with { Fading = path[i], Fade = Share };
            frames[i] = frames[i] with { Fading = path[i - 1], Fade = Share };
        }
    }
}
