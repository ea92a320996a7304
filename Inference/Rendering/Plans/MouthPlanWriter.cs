using System.Runtime.InteropServices;
using System.Text;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Life;
using LipSync.Rendering.Occlusion;
using LipSync.Rendering.Speakers;

namespace LipSync.Rendering.Plans;

/// <summary>Writes a <see cref="MouthPlan"/> front to back.</summary>
internal sealed class MouthPlanWriter(FileStream file) : IDisposable
{
    private readonly BinaryWriter writer = new(file, Encoding.UTF8, leaveOpen: true);
    private readonly List<ExemplarPicture> pictures = [];

    /// <summary>The speaker; the residuals of all source frames must follow, written by the caller.</summary>
    public void WriteSpeaker(IReadOnlyList<int> trackIds, SpeakerModel speaker)
    {
        writer.Write(trackIds.Count);
        foreach (var id in trackIds)
        {
            writer.Write(id);
        }

        SpeakerRecord.Write(writer, speaker);
        writer.Flush();
    }

    /// <summary>Writes the exemplars that these frames show, and numbers them by their place in the plan.</summary>
    /// <param name="frames">Their exemplars are numbers in <paramref name="library"/>.</param>
    /// <param name="shown">The frames' numbers.</param>
    public void WriteExemplars(Span<PlannedFrame> frames, IEnumerable<int> shown, IReadOnlyList<Exemplar> library)
    {
        var numbers = new Dictionary<int, int> { [PlannedFrame.None] = PlannedFrame.None };
        foreach (var frame in shown)
        {
            frames[frame] = frames[frame] with { Exemplar = NumberOf(frames[frame].Exemplar), Fading = NumberOf(frames[frame].Fading) };
        }

        int NumberOf(int exemplar)
        {
            if (!numbers.TryGetValue(exemplar, out var number))
            {
                numbers[exemplar] = number = pictures.Count;
                pictures.Add(new ExemplarPicture(library[exemplar].SourceFrame, library[exemplar].Area, file.Position));
                file.Write(library[exemplar].Picture);
            }

            return number;
        }
    }

    /// <summary>Ends the plan.</summary>
    /// <param name="life">A pose for each frame, or none where nothing but the mouth moves.</param>
    public void WriteFrames(IReadOnlyList<PlannedFrame> frames, LipSeam seam, CoverMasks covers, LifePose[] life)
    {
        var tables = file.Position;
        foreach (var frame in frames)
        {
            frame.WriteTo(writer);
        }

        writer.Write(MemoryMarshal.AsBytes(seam.Offsets.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(seam.Gaps.AsSpan()));
        writer.Write(seam.Touch);
        writer.Write(seam.Corner);
        covers.Write(writer);
        writer.Write(life.Length);
        writer.Write(MemoryMarshal.AsBytes(life.AsSpan()));
        writer.Write(pictures.Count);
        foreach (var (sourceFrame, area, offset) in pictures)
        {
            writer.Write(sourceFrame);
            writer.Write(area.X);
            writer.Write(area.Y);
            writer.Write(area.Width);
            writer.Write(area.Height);
            writer.Write(offset);
        }

        writer.Write(tables);
    }

    public void Dispose() => writer.Dispose();
}
