using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Exemplars;

/// <summary>
/// Softens the cuts of an exemplar path: the share of the other run is a triangle about the cut, so at 25 frames a second each frame
/// beside it shows a third of the other mouth, if that fits its opening. Longer fades, and fades of unlike mouths, show two rows of teeth.
/// </summary>
internal static class CrossFade
{
    /// <summary>Half the triangle's base, in seconds.</summary>
    private const float Reach = 0.06f;

    /// <summary>How far another mouth's opening may lie from the one that is shown.</summary>
    private const float Unlike = 0.025f;
    private const float UnlikeShare = 0.25f;

    /// <summary>Writes the fades at a path's cuts into its frames.</summary>
    public static void Soften(int[] path, IReadOnlyList<Exemplar> exemplars, int fps, Span<PlannedFrame> frames)
    {
        for (var i = 1; i < path.Length; i++)
        {
            if (ExemplarSelection.RunsOn(exemplars[path[i - 1]], exemplars[path[i]]))
            {
                continue;
            }

            var (before, after) = (path[i - 1], path[i]);
            for (var away = 0; Share(away, fps) is > 0 and var share; away++)
            {
                Fade(path, frames, i - 1 - away, after, share, exemplars);
                Fade(path, frames, i + away, before, share, exemplars);
            }
        }
    }

    /// <summary>Of the other mouth, so many frames away from the frame beside the cut.</summary>
    private static float Share(int away, int fps) => 0.5f * (1 - ((away + 0.5f) / fps / Reach));

    private static void Fade(int[] path, Span<PlannedFrame> frames, int number, int other, float share, IReadOnlyList<Exemplar> exemplars)
    {
        if (number < 0 || number >= frames.Length || frames[number].Fade >= share || path[number] == other)
        {
            return;
        }

        var opening = frames[number].Mouth.Opening;
        if (MathF.Abs(exemplars[other].Face.Mouth.Opening - opening) <= Unlike + (UnlikeShare * opening))
        {
            frames[number] = frames[number] with { Fading = other, Fade = share };
        }
    }
}
