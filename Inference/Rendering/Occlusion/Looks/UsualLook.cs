using LipSync.Basics;

namespace LipSync.Rendering.Occlusion.Looks;

/// <summary>
/// What a speaker's lower face looks like in one scene, cell by cell, depending on mouth and pose: learnt from the half of the frames
/// that agree best (least trimmed squares, P. J. Rousseeuw 1984), then from all in which nothing is before the face.
/// </summary>
internal sealed class UsualLook
{
    private const int Trims = 5;
    private const int Rounds = 3;

    /// <summary>In the trimming, a cell counts no more than this.</summary>
    private const float MostOfCell = 25;

    /// <summary>By so much a cell may be off before it is strange at all: Y, U, V.</summary>
    private static readonly float[] Tolerance = [6, 1.5f, 1.5f];

    /// <summary>The model knows little of rare shapes and poses: there a cell must be off by more.</summary>
    private const float RareAllowance = 0.1f;

    /// <summary>Weight of deviations from the median, which knows nothing of mouths and poses.</summary>
    private const float FromMedian = 0.25f;

    private const float MostAlike = 0.9995f;

    private readonly CellRegression regression;
    private readonly float[] weights;
    private readonly Lazy<float> usualAgreement;

    private UsualLook(IReadOnlyList<SeenFace> faces)
    {
        regression = new(faces);
        weights = Weights(regression.Variance(faces));
        usualAgreement = new(() => MathF.Max(1e-3f, Quantile.UpperMedian(faces.Select(seen => Agreement(seen, regression.Expect(seen.Face, out _))))));
    }

    /// <param name="faces">Of one scene; not too few.</param>
    public static UsualLook Learn(IReadOnlyList<SeenFace> faces)
    {
        var (medians, tolerance) = (Medians(faces), Weights(new float[LowerFace.Values]));
        var look = new UsualLook(LowerHalf(faces, seen => Mean(Deviations(seen, medians, tolerance, FromMedian), seen.Zones)));
        for (var i = 0; i < Trims; i++)
        {
            look = new(LowerHalf(faces, seen => Mean(look.Deviations(seen, out _), seen.Zones)));
        }

        for (var i = 0; i < Rounds; i++)
        {
            look = new(look.Uncovered(faces));
        }

        return look;
    }

    public Strangeness Judge(SeenFace seen)
    {
        var cells = Deviations(seen, out var expected);
        return new(cells, Agreement(seen, expected) / usualAgreement.Value);
    }

    private float[] Deviations(SeenFace seen, out float[] expected)
    {
        expected = regression.Expect(seen.Face, out var rareness);
        return Deviations(seen, expected, weights, 1 / (1 + (RareAllowance * rareness)));
    }

    /// <summary>Those that nothing covers, and never less than half.</summary>
    private List<SeenFace> Uncovered(IReadOnlyList<SeenFace> faces)
    {
        var judged = faces.Select(seen => (Seen: seen, Strange: Judge(seen))).Select(pair => (pair.Seen, pair.Strange, Smooth: pair.Strange.Blurred())).ToList();
        var half = LowerHalf(judged, one => one.Seen.Zones.Skin.Zip(one.Smooth, (skin, cell) => skin ? cell : 0).Max());
        return [.. judged.Where(one => half.Contains(one) || one.Strange.Seeds(one.Smooth, one.Seen.Zones).Count == 0).Select(one => one.Seen)];
    }

    private static float[] Weights(float[] variance)
    {
        // What is usual beside a cell is usual in it: edges move by a cell.
        var (weights, plane) = (new float[variance.Length], new float[LowerFace.Cells]);
        for (var channel = 0; channel < Tolerance.Length; channel++)
        {
            for (var cell = 0; cell < plane.Length; cell++)
            {
                plane[cell] = variance[(3 * cell) + channel];
            }

            var smooth = LowerFace.Blur(plane);
            for (var cell = 0; cell < plane.Length; cell++)
            {
                weights[(3 * cell) + channel] = 1 / (smooth[cell] + (Tolerance[channel] * Tolerance[channel]));
            }
        }

        return weights;
    }

    private static float[] Deviations(SeenFace seen, float[] expected, float[] weights, float factor)
    {
        var cells = new float[LowerFace.Cells];
        for (var cell = 0; cell < cells.Length; cell++)
        {
            for (var i = 3 * cell; i < (3 * cell) + 3; i++)
            {
                var deviation = seen.Values[i] - expected[i];
                cells[cell] += deviation * deviation * weights[i] * factor;
            }
        }

        return cells;
    }

    /// <summary>How alike what is seen and what was expected are over the lips and the cells beside them: Pearson r as Fisher's z.</summary>
    private static float Agreement(SeenFace seen, float[] expected)
    {
        var places = seen.Zones.AboutLips;
        var (both, own, other) = (0f, 1e-6f, 1e-6f);
        for (var channel = 0; channel < Tolerance.Length; channel++)
        {
            var (meanSeen, meanExpected) = (0f, 0f);
            foreach (var cell in places)
            {
                meanSeen += seen.Values[(3 * cell) + channel] / places.Length;
                meanExpected += expected[(3 * cell) + channel] / places.Length;
            }

            foreach (var cell in places)
            {
                var a = (seen.Values[(3 * cell) + channel] - meanSeen) / Tolerance[channel];
                var b = (expected[(3 * cell) + channel] - meanExpected) / Tolerance[channel];
                (both, own, other) = (both + (a * b), own + (a * a), other + (b * b));
            }
        }

        return MathF.Atanh(Math.Clamp(both / MathF.Sqrt(own * other), 0, MostAlike));
    }

    private static float[] Medians(IReadOnlyList<SeenFace> faces)
    {
        var medians = new float[LowerFace.Values];
        var column = new float[faces.Count];
        for (var i = 0; i < medians.Length; i++)
        {
            for (var number = 0; number < column.Length; number++)
            {
                column[number] = faces[number].Values[i];
            }

            Array.Sort(column);
            medians[i] = column[column.Length / 2];
        }

        return medians;
    }

    private static float Mean(float[] cells, FaceZones zones)
    {
        var (sum, count) = (0f, 1);
        for (var cell = 0; cell < cells.Length; cell++)
        {
            if (zones.Skin[cell] || zones.Lips[cell])
            {
                (sum, count) = (sum + MathF.Min(MostOfCell, cells[cell]), count + 1);
            }
        }

        return sum / count;
    }

    /// <summary>The half, and one more, of which the value is the least.</summary>
    private static List<T> LowerHalf<T>(IReadOnlyList<T> all, Func<T, float> value) => [.. all.OrderBy(value).Take((all.Count / 2) + 1)];
}
