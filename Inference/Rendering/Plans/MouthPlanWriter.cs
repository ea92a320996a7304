using System.Runtime.InteropServices;
using System.Text;
using LipSync.Rendering.Exemplars;
using LipSync.Rendering.Speakers;

namespace LipSync.Rendering.Plans;

/// <summary>Writes a <see cref="MouthPlan"/> front to back.</summary>
internal sealed class MouthPlanWriter(FileStream file) : IDisposable
{
    private readonly BinaryWriter writer = new(file, Encoding.UTF8, leaveOpen: true);

    /// <summary>The speaker; the residuals of all source frames must follow, written by the caller.</summary>
    public void WriteSpeaker(int trackId, SpeakerModel speaker)
    {
        writer.Write(trackId);
        SpeakerRecord.Write(writer, speaker);
        writer.Flush();
    }

    /// <summary>Ends the plan. Only exemplars that a frame shows are written; they are numbered anew.</summary>
    /// <param name="frames">Their exemplars are numbers in <paramref name="library"/>.</param>
    public void WriteFrames(IReadOnlyList<PlannedFrame> frames, LipSeam seam, IReadOnlyList<Exemplar> library)
    {
        var used = frames.Select(f => f.Exemplar).Concat(frames.Select(f => f.Fading))
            .Where(number => number != PlannedFrame.None).Distinct().Order().ToList();
        var numbers = used.Select((old, number) => (old, number)).ToDictionary(pair => pair.old, pair => pair.number);
        numbers[PlannedFrame.None] = PlannedFrame.None;
        var pictures = new List<ExemplarPicture>();
        foreach (var exemplar in used.Select(number => library[number]))
        {
            pictures.Add(new ExemplarPicture(exemplar.SourceFrame, exemplar.Area, file.Position));
            file.Write(exemplar.Picture);
        }

        var tables = file.Position;
        foreach (var frame in frames)
        {
            (frame with { Exemplar = numbers[frame.Exemplar], Fading = numbers[frame.Fading] }).WriteTo(writer);
        }

        writer.Write(MemoryMarshal.AsBytes(seam.Offsets.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(seam.Gaps.AsSpan()));
        writer.Write(seam.Touch);
        writer.Write(seam.Corner);

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
