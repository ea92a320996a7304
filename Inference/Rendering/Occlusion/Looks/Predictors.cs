using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Occlusion.Looks;

/// <summary>By what the look of a face is foretold: mouth and pose, each as it differs from the usual, and a wide opening, a turn and a nod once more.</summary>
internal sealed class Predictors
{
    /// <summary>A one, the five numbers of a face, and three of them squared.</summary>
    public const int Count = 1 + Numbers + 3;

    private const int Numbers = 5;
    private const float Furthest = 2.5f;

    /// <summary>The least spread of each: who hardly moves isn't measured by the mesh's noise.</summary>
    private static readonly float[] Least = [0.015f, 0.02f, 0.02f, 0.04f, 0.04f];

    private readonly float[] means = new float[Numbers];
    private readonly float[] spreads = new float[Numbers];

    /// <param name="faces">The usual ones.</param>
    public static Predictors Of(IEnumerable<SourceFace> faces)
    {
        var predictors = new Predictors();
        var all = faces.ToList();
        Span<float> numbers = stackalloc float[Numbers];
        foreach (var face in all)
        {
            Read(face, numbers);
            for (var i = 0; i < Numbers; i++)
            {
                predictors.means[i] += numbers[i] / all.Count;
            }
        }

        foreach (var face in all)
        {
            Read(face, numbers);
            for (var i = 0; i < Numbers; i++)
            {
                var difference = numbers[i] - predictors.means[i];
                predictors.spreads[i] += difference * difference / all.Count;
            }
        }

        for (var i = 0; i < Numbers; i++)
        {
            predictors.spreads[i] = MathF.Max(Least[i], MathF.Sqrt(predictors.spreads[i]));
        }

        return predictors;
    }

    /// <summary>Fills the predictors of a face.</summary>
    public void Of(SourceFace face, Span<float> predictors)
    {
        var numbers = predictors.Slice(1, Numbers);
        Read(face, numbers);
        for (var i = 0; i < Numbers; i++)
        {
            numbers[i] = Math.Clamp((numbers[i] - means[i]) / spreads[i], -Furthest, Furthest);
        }

        predictors[0] = 1;
        (predictors[^3], predictors[^2], predictors[^1]) = ((numbers[0] * numbers[0]) - 1, (numbers[3] * numbers[3]) - 1, (numbers[4] * numbers[4]) - 1);
    }

    /// <summary>How far from the usual a face is: the sum of its numbers' squares, five on average.</summary>
    public static float Rareness(ReadOnlySpan<float> predictors)
    {
        var sum = 0f;
        foreach (var number in predictors.Slice(1, Numbers))
        {
            sum += number * number;
        }

        return sum;
    }

    private static void Read(SourceFace face, Span<float> numbers) =>
        (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]) = (face.Mouth.Opening, face.Mouth.Width, face.Mouth.Jaw, face.Yaw, face.Pitch);
}
