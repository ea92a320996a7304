using System.Numerics;
using LipSync.Faces;
using LipSync.Faces.Tracking;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Occlusion.Looks;
using LipSync.Rendering.Plans;

namespace LipSync.Rendering.Occlusion;

/// <summary>Reads the thumbnail of a source frame; false where the speaker is not seen.</summary>
internal delegate bool ThumbnailReader(int frame, Span<byte> thumbnail);

/// <summary>
/// Finds hands, microphones and cups before the speaker's mouth: cells that look otherwise than they ever do at such a mouth and pose,
/// that hang together, reach beyond the lips, and last. What is there for more than half of a scene is taken for part of the face.
/// </summary>
internal sealed class CoverFinder(MeshReader meshes, ThumbnailReader thumbnails, IReadOnlyList<SourceFace> faces, int fps)
{
    /// <summary>Frames from which the usual look of a scene is learnt, at most.</summary>
    private const int MostLearnt = 300;

    /// <summary>In shorter scenes nothing can be said of what is usual.</summary>
    private const double ShortestSeconds = 1;

    /// <summary>Deviations are averaged so far to either side in time.</summary>
    private const double ReachSeconds = 0.04;

    /// <summary>A cell beside a covered one is covered too from this deviation on.</summary>
    private const float Strange = 2;

    private readonly int reach = Math.Max(1, (int)Math.Round(ReachSeconds * fps));
    private readonly Vector3[] mesh = new Vector3[FaceTracks.MeshPoints];
    private readonly byte[] thumbnail = new byte[FaceThumbnail.Bytes];

    /// <summary>Finds what is before the mouth, other faces too, and notes in the faces how much of the lips it covers.</summary>
    public static CoverMasks Find(
        MeshReader meshes, ThumbnailReader thumbnails, OtherFaces others, SourceFace[] faces, Scenes scenes, int fps, CancellationToken cancellationToken)
    {
        var finder = new CoverFinder(meshes, thumbnails, faces, fps);
        var found = new Dictionary<int, bool[]>();
        for (var scene = 0; scene < scenes.Count; scene++)
        {
            var (first, end) = scenes.Frames(scene, faces.Length);
            foreach (var cover in finder.Find(first, end, cancellationToken))
            {
                found.Add(cover.Frame, cover.Covered);
            }
        }

        var (masks, mesh) = (new CoverMasks(), new Vector3[FaceTracks.MeshPoints]);
        for (var frame = 0; frame < faces.Length; frame++)
        {
            var isCovered = found.TryGetValue(frame, out var covered);
            covered ??= new bool[LowerFace.Cells];
            if (faces[frame].Fitness > 0 && meshes(frame, mesh) && (others.Cover(frame, mesh, covered) || isCovered))
            {
                masks.Add(frame, covered);
                var zones = FaceZones.Of(mesh);
                if (zones.Touch(covered))
                {
                    faces[frame] = faces[frame].Behind(zones.ShareOfLips(covered));
                }
            }
        }

        return masks;
    }

    private List<Cover> Find(int first, int end, CancellationToken cancellationToken)
    {
        var numbers = Enumerable.Range(first, end - first).Where(number => faces[number].Fitness > 0).ToList();
        if (numbers.Count < ShortestSeconds * fps)
        {
            return [];
        }

        var learnt = Math.Min(MostLearnt, numbers.Count);
        var look = UsualLook.Learn([.. Enumerable.Range(0, learnt).Select(i => Look(numbers[(int)((long)i * numbers.Count / learnt)])).OfType<SeenFace>()]);
        var covers = new List<Cover>();
        var window = new Queue<Judged>();
        for (var i = 0; i < numbers.Count + reach; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i < numbers.Count && Look(numbers[i]) is { } seen)
            {
                var strange = look.Judge(seen);
                window.Enqueue(new(numbers[i], seen.Zones, strange, strange.Blurred()));
            }

            if (i >= reach && CoverOf(numbers[i - reach], window) is { } cover)
            {
                covers.Add(cover);
            }

            while (window.TryPeek(out var oldest) && i >= reach && oldest.Frame < numbers[i - reach] - reach)
            {
                window.Dequeue();
            }
        }

        Follow(covers, 1);
        Follow(covers, -1);
        return covers.FindAll(cover => cover.Covered.Contains(true));
    }

    private SeenFace? Look(int number)
    {
        if (!meshes(number, mesh) || !thumbnails(number, thumbnail))
        {
            return null;
        }

        return new(faces[number], LowerFace.Read(thumbnail), FaceZones.Of(mesh));
    }

    /// <summary>Null where no cell is strange.</summary>
    private Cover? CoverOf(int number, IEnumerable<Judged> window)
    {
        var near = window.Where(judged => Math.Abs(judged.Frame - number) <= reach).ToList();
        var smooth = new float[LowerFace.Cells];
        foreach (var judged in near)
        {
            for (var cell = 0; cell < smooth.Length; cell++)
            {
                smooth[cell] += judged.Blurred[cell] / near.Count;
            }
        }

        if (near.Find(judged => judged.Frame == number) is not { } own || !smooth.AsSpan().ContainsAnyExceptInRange(0, Strange * Strange))
        {
            return null;
        }

        var cover = new Cover(number, Array.ConvertAll(smooth, value => value > Strange * Strange));
        cover.Grow(own.Strangeness.Seeds(smooth, own.Zones));
        return cover;
    }

    /// <summary>What was covered a moment ago and is still strange is still covered.</summary>
    private static void Follow(List<Cover> covers, int direction)
    {
        for (var i = direction > 0 ? 1 : covers.Count - 2; i >= 0 && i < covers.Count; i += direction)
        {
            var (before, now) = (covers[i - direction], covers[i]);
            if (now.Frame == before.Frame + direction)
            {
                now.Grow(Enumerable.Range(0, LowerFace.Cells).Where(cell => before.Covered[cell] && now.Strange[cell]));
            }
        }
    }

    private sealed record Judged(int Frame, FaceZones Zones, Strangeness Strangeness, float[] Blurred);

    private sealed record Cover(int Frame, bool[] Strange)
    {
        public bool[] Covered { get; } = new bool[LowerFace.Cells];

        /// <summary>Adds these cells and all strange ones that hang together with them.</summary>
        public void Grow(IEnumerable<int> seeds)
        {
            var open = new Stack<int>(seeds);
            while (open.TryPop(out var cell))
            {
                if (Covered[cell])
                {
                    continue;
                }

                Covered[cell] = true;
                foreach (var near in LowerFace.Around(cell))
                {
                    if (Strange[near] && !Covered[near])
                    {
                        open.Push(near);
                    }
                }
            }
        }
    }
}
