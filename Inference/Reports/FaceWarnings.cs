using System.Globalization;

namespace LipSync.Reports;

/// <summary>The face timeline's weak places in plain words. Pure.</summary>
internal static class FaceWarnings
{
    /// <summary>More stretches of one kind are told in one sentence.</summary>
    private const int MostOfAKind = 3;

    public static IEnumerable<string> Of(IReadOnlyList<FaceSpan> faces, int fps) => faces
        .Where(span => span.State != FaceState.Synced)
        .GroupBy(span => (span.State, span.Reason))
        .SelectMany(kind => Sentences([.. kind], fps));

    private static IEnumerable<string> Sentences(IReadOnlyList<FaceSpan> spans, int fps)
    {
        var (what, so) = (What(spans[0]), Consequence(spans[0].State));
        if (spans.Count <= MostOfAKind)
        {
            return spans.Select(span => $"{what} {When(span, fps)}, so {so} there.");
        }

        var seconds = (double)spans.Sum(span => span.Frames) / fps;
        return [string.Create(CultureInfo.InvariantCulture, $"{what} {spans.Count} times, {seconds:0.0} s together, first {When(spans[0], fps)}; {so} there.")];
    }

    private static string What(FaceSpan span) => (span.Reason, span.State) switch
    {
        (FaceReason.NoFace, _) => "No face is seen",
        (FaceReason.TurnedAway, _) => "The face is turned away",
        (FaceReason.TooSmall, _) => "The face is very small",
        (FaceReason.Covered, _) => "Something covers the mouth",
        (FaceReason.OtherPerson, _) => "Another person is shown",
        (null, FaceState.PassedThrough) => "The mouth can't be drawn",
        _ => "The face is hard to make out",
    };

    private static string Consequence(FaceState state) => state switch
    {
        FaceState.LowConfidence => "the mouth may look less sure",
        FaceState.Held => "the last picture that showed the face stands still",
        _ => "the source passes through",
    };

    private static string When(FaceSpan span, int fps)
    {
        var (from, to) = (Clock(span.FirstFrame, fps), Clock(span.FirstFrame + span.Frames, fps));
        return from == to ? $"at {from}" : $"from {from} to {to}";
    }

    /// <summary>To the nearest second.</summary>
    private static string Clock(int frame, int fps)
    {
        var seconds = (frame + (fps / 2)) / fps;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}:{seconds % 60:00}");
    }
}
