using LipSync.Reports;

namespace LipSync.Rendering.Plans;

/// <summary>Where the speaker's mouth is drawn in the output, and why not elsewhere.</summary>
internal static class FaceTimeline
{
    /// <summary>Uncertain frames at the edge of what is left alone are its way in and out, if they are no longer than this.</summary>
    private const float EdgeSeconds = 0.5f;

    /// <param name="faces">The speaker in every source frame.</param>
    public static IReadOnlyList<FaceSpan> Of(RenderSource source, IReadOnlyList<SourceFace> faces)
    {
        var played = source.Map with { Held = [] };
        var spans = new List<FaceSpan>();
        for (var frame = 0; frame < source.Map.OutputFrames; frame++)
        {
            var (state, reason) = StateOf(source, faces, played.SourceOf(frame), source.Map.SourceOf(frame));
            Append(spans, new(frame, 1, state, reason));
        }

        var smooth = new List<FaceSpan>();
        for (var i = 0; i < spans.Count; i++)
        {
            Append(smooth, EdgeOf(spans, i, source.Info.Fps) is { } edge ? spans[i] with { State = edge.State, Reason = edge.Reason } : spans[i]);
        }

        return smooth;
    }

    private static (FaceState, FaceReason?) StateOf(RenderSource source, IReadOnlyList<SourceFace> faces, int played, int shown)
    {
        if (!source.Faces.Sees(source.Speaker, played))
        {
            var reason = source.Faces.SeesAnyone(played) ? FaceReason.OtherPerson : FaceReason.NoFace;
            return (shown == played ? FaceState.PassedThrough : FaceState.Held, reason);
        }

        var face = faces[played];
        return face.IsShowable ? (FaceState.Synced, null) : (face.Fitness > 0 ? FaceState.LowConfidence : FaceState.PassedThrough, face.Weakness);
    }

    /// <summary>The neighbour that is left alone and that this short, uncertain span leads to; null: it is none.</summary>
    private static FaceSpan? EdgeOf(List<FaceSpan> spans, int i, int fps)
    {
        if (spans[i].State != FaceState.LowConfidence || spans[i].Frames > EdgeSeconds * fps)
        {
            return null;
        }

        return new[] { i + 1, i - 1 }.Where(near => near >= 0 && near < spans.Count).Select(near => spans[near])
            .FirstOrDefault(near => near.State == FaceState.PassedThrough);
    }

    private static void Append(List<FaceSpan> spans, FaceSpan span)
    {
        if (spans is [.., var last] && (last.State, last.Reason) == (span.State, span.Reason))
        {
            spans[^1] = last with { Frames = last.Frames + span.Frames };
        }
        else
        {
            spans.Add(span);
        }
    }
}
