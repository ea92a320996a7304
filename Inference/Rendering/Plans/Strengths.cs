using LipSync.Faces;
using LipSync.Media;

namespace LipSync.Rendering.Plans;

/// <summary>
/// How strongly each output frame is drawn: the source's fitness, with a soft way in and out of what must be left alone. At a cut
/// nothing is softened: the picture jumps anyway.
/// </summary>
internal static class Strengths
{
    /// <summary>Seconds from untouched to full.</summary>
    private const float Ramp = 0.16f;

    public static float[] Of(IReadOnlyList<SourceFace> faces, Scenes scenes, FrameMap map, int fps)
    {
        var ramp = Math.Max(1, (int)MathF.Round(Ramp * fps));
        var strengths = new float[map.OutputFrames];
        for (var frame = 0; frame < strengths.Length; frame++)
        {
            var scene = scenes.Of(map.SourceOf(frame));
            var strength = faces[map.SourceOf(frame)].Fitness;
            foreach (var direction in (ReadOnlySpan<int>)[-1, 1])
            {
                for (var distance = 1; distance < ramp; distance++)
                {
                    var near = frame + direction * distance;
                    if (near < 0 || near >= strengths.Length || scenes.Of(map.SourceOf(near)) != scene)
                    {
                        break;
                    }

                    strength = MathF.Min(strength, faces[map.SourceOf(near)].Fitness + distance / (float)ramp);
                }
            }

            strengths[frame] = strength;
        }

        return strengths;
    }
}
