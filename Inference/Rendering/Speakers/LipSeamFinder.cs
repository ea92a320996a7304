using System.Numerics;
using LipSync.Basics;
using LipSync.Faces;
using LipSync.Media;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Speakers;

/// <summary>
/// Finds the lips' true seam in a speaker's pictures: closed lips meet in the darkest line between them, parted lips end where near
/// the mesh's edge brightness changes most and redness is lost. The median of what the frames show.
/// </summary>
internal static class LipSeamFinder
{
    private const int Places = 5;
    private const int FramesPerPlace = 5;
    private const int Samples = 65;

    /// <summary>Lips further apart than this have no seam.</summary>
    private const float MostOpening = 0.035f;

    /// <summary>The mesh's inner corners lie within the dark ones.</summary>
    private const float ClosedCorner = 0.6f;
    private const float PartedCorner = 0.85f;

    /// <summary>The gap that the mesh shows on closed lips.</summary>
    private const float ClosedGap = 0.012f;

    /// <summary>How far an edge of parted lips is sought beyond the mesh's into the lip, and into the gap; edges nearer to the mesh's count more.</summary>
    private const float IntoLip = 0.004f;
    private const float IntoGap = 0.06f;
    private const float MostOfGap = 0.45f;
    private const float EdgeSpread = 0.05f;
    private const float EdgeReach = 0.02f;

    /// <summary>What a step of redness counts in steps of brightness. Lips are redder than teeth and cavity, but than skin too: its edge counts less than nothing.</summary>
    private const float Redness = 4;

    /// <summary>So near to an edge the picture mixes lip and teeth: left to the inside, or closed lips would show a bright line.</summary>
    private const float Mixed = 0.006f;

    /// <summary>Looks at clear frames from all over those in which the mouth is painted; as meshed where there are none.</summary>
    /// <param name="painted">Source frames, rising.</param>
    public static async Task<LipSeam> Find(
        SpeakerModel speaker, MeshReader meshes, IReadOnlyList<SourceFace> faces, IReadOnlyList<int> painted, string video, NormalVideo info, CancellationToken cancellationToken)
    {
        var clear = painted.Where(number => faces[number].IsClear).ToList();
        if (clear.Count == 0)
        {
            return LipSeam.AsMeshed;
        }

        var closed = clear.Exists(number => faces[number].Mouth.Opening < MostOpening);
        var looked = clear.FindAll(number => faces[number].Mouth.Opening < MostOpening == closed);
        var offsets = Enumerable.Range(0, LipSeam.Columns).Select(_ => new List<float>()).ToArray();
        var gaps = Enumerable.Range(0, LipSeam.Columns).Select(_ => new List<float>()).ToArray();
        using var frame = new YuvFrame(info.Width, info.Height);
        var mesh = new Vector3[FaceTracks.MeshPoints];
        foreach (var numbers in Spread(looked))
        {
            await using var reader = FrameReader.Open(video, info, numbers[0], numbers[^1] - numbers[0] + 1);
            for (var number = numbers[0]; await reader.Read(frame, cancellationToken); number++)
            {
                if (numbers.Contains(number))
                {
                    meshes(number, mesh);
                    Look(frame, mesh, speaker.PoseOf(mesh).Scale, closed, offsets, gaps);
                }
            }
        }

        return new LipSeam(
            Smooth(Array.ConvertAll(offsets, Quantile.UpperMedian), ends: 0),
            Smooth(Array.ConvertAll(gaps, Quantile.UpperMedian), ends: 1),
            closed ? 0 : ClosedGap,
            closed ? ClosedCorner : PartedCorner);
    }

    /// <summary>A few frames near each other from a few places.</summary>
    internal static IEnumerable<List<int>> Spread(List<int> numbers)
    {
        foreach (var first in Enumerable.Range(0, Places).Select(place => numbers[place * numbers.Count / Places]).Distinct())
        {
            yield return numbers.FindAll(number => number >= first && number < first + FramesPerPlace);
        }
    }

    private static void Look(YuvFrame frame, ReadOnlySpan<Vector3> mesh, float scale, bool closed, List<float>[] offsets, List<float>[] gaps)
    {
        for (var i = 1; i < offsets.Length - 1; i++)
        {
            var (top, bottom) = (mesh[FaceLandmarks.OuterUpper[i]].AsVector2(), mesh[FaceLandmarks.OuterLower[i]].AsVector2());
            var (upper, lower) = (mesh[FaceLandmarks.InnerUpper[i]].AsVector2(), mesh[FaceLandmarks.InnerLower[i]].AsVector2());
            var down = Vector2.Normalize(bottom - top);
            if (closed)
            {
                var meshed = Vector2.Dot((upper + lower) / 2 - top, down);
                offsets[i].Add((Darkest(frame, top, bottom) - meshed) / scale);
                gaps[i].Add(1);
                continue;
            }

            var gap = MathF.Max(1, Vector2.Dot(lower - upper, down));
            var into = MathF.Min(IntoGap * scale, MostOfGap * gap);
            var above = Edge(frame, upper, down, into, scale) - Mixed * scale;
            var below = Edge(frame, lower, -down, into, scale) - Mixed * scale;
            offsets[i].Add(above / scale);
            gaps[i].Add(MathF.Max(0, gap - above - below) / MathF.Max(1, gap - ClosedGap * scale));
        }
    }

    /// <summary>How far below <paramref name="top"/> the picture is darkest.</summary>
    private static float Darkest(YuvFrame frame, Vector2 top, Vector2 bottom)
    {
        var (best, darkest) = (0.5f, float.MaxValue);
        for (var sample = Samples / 4; sample <= Samples * 3 / 4; sample++)
        {
            var share = sample / (float)(Samples - 1);
            var value = LumaAt(frame, Vector2.Lerp(top, bottom, share));
            if (value < darkest)
            {
                (best, darkest) = (share, value);
            }
        }

        return best * (bottom - top).Length();
    }

    /// <summary>How far from a place on a lip's edge, away from the lip, the lip ends.</summary>
    private static float Edge(YuvFrame frame, Vector2 place, Vector2 away, float into, float scale)
    {
        var (best, strongest) = (0f, 0f);
        var reach = MathF.Max(2, EdgeReach * scale) * away;
        for (var sample = 0; sample < Samples; sample++)
        {
            var distance = float.Lerp(-IntoLip * scale, into, sample / (float)(Samples - 1));
            var here = place + distance * away;
            var (lip, beyond) = (Mean(frame, here, -reach), Mean(frame, here, reach));
            var change = MathF.Abs(lip.Luma - beyond.Luma) + Redness * (lip.Red - beyond.Red);
            var weighted = change * MathF.Exp(-distance * distance / (2 * EdgeSpread * EdgeSpread * scale * scale));
            if (weighted > strongest)
            {
                (best, strongest) = (distance, weighted);
            }
        }

        return best;
    }

    /// <summary>The mean brightness and redness on one side of a place.</summary>
    private static (float Luma, float Red) Mean(YuvFrame frame, Vector2 place, Vector2 reach)
    {
        var (luma, red) = (0f, 0f);
        for (var step = 1; step <= 4; step++)
        {
            var at = place + step / 4f * reach;
            luma += LumaAt(frame, at) / 4;
            red += Bilinear.At(frame.V, frame.Width / 2, frame.Height / 2, (at - new Vector2(0.5f)) / 2) / 4;
        }

        return (luma, red);
    }

    private static float LumaAt(YuvFrame frame, Vector2 place) => Bilinear.At(frame.Y, frame.Width, frame.Height, place);

    private static float[] Smooth(float[] values, float ends)
    {
        (values[0], values[^1]) = (ends, ends);
        float[] smooth = [.. values];
        for (var i = 1; i < values.Length - 1; i++)
        {
            smooth[i] = (values[i - 1] + 2 * values[i] + values[i + 1]) / 4;
        }

        return smooth;
    }
}
