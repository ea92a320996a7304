using LipSync.Media;

namespace LipSync.Rendering.Plans;

/// <summary>How strongly each output frame is drawn: the source's fitness, with a soft way in and out of what must be left alone.</summary>
internal static class Strengths
{
    /// <summary>Frames from untouched to full.</summary>
    private const int Ramp = 4;

    public static float[] Of(IReadOnlyList<SourceFace> faces, FrameMap map)
    {
        var fitness = new float[map.OutputFrames];
        for (var frame = 0; frame < fitness.Length; frame++)
        {
            fitness[frame] = faces[map.SourceOf(frame)].Fitness;
        }

        var strengths = new float[fitness.Length];
        for (var frame = 0; frame < strengths.Length; frame++)
        {
            var strength = 1f;
            for (var near = Math.Max(0, frame - Ramp); near <= Math.Min(fitness.Length - 1, frame + Ramp); near++)
            {
                strength = MathF.Min(strength, fitness[near] + Math.Abs(near - frame) / (float)Ramp);
            }

            strengths[frame] = strength;
        }

        return strengths;
    }
}
