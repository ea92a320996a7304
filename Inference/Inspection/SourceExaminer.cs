using LipSync.Media.Probing;

namespace LipSync.Inspection;

/// <summary>Gathers what a source says about itself. Nothing but a picture's size is decoded.</summary>
internal static class SourceExaminer
{
    /// <exception cref="MediaRefusedException">The source can't be used in this role.</exception>
    public static async Task<SourceFacts> Examine(string source, MediaRole role, CancellationToken cancellationToken)
    {
        var facts = await MediaProbe.Probe(source, role, cancellationToken);
        var varies = role is MediaRole.Video && await FrameTimes.Vary(source, facts, cancellationToken);
        return new(
            facts.HeaderSeconds,
            facts.Video is { } video
                ? new(video.Codec, video.Width, video.Height, video.Rotation, Math.Round(video.FrameRate, 3), varies, video.IsHdr)
                : null,
            facts.Audio is { } audio ? new(audio.Codec, audio.SampleRate, audio.Channels) : null);
    }
}
