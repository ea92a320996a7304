using LipSync.Media;

namespace LipSync.Faces.Persons;

/// <summary>Where a person is not seen.</summary>
internal static class UnseenStretches
{
    /// <summary>The map with the last picture that shows the person standing still while he is not seen; before he is first seen, that picture.</summary>
    public static FrameMap Hold(FrameMap map, FaceTracks faces, Speaker speaker)
    {
        var held = new List<HeldFrame>();
        var shown = Enumerable.Range(0, map.SourceFrames).First(frame => faces.Sees(speaker, frame));
        for (var frame = 0; frame < map.SourceFrames; frame++)
        {
            var first = frame;
            while (frame < map.SourceFrames && !faces.Sees(speaker, frame))
            {
                frame++;
            }

            if (frame > first)
            {
                held.Add(new(first, frame, shown));
            }

            shown = frame;
        }

        return map with { Held = held };
    }
}
