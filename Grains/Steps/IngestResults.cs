using LipSync.Jobs;

namespace LipSync.Steps;

internal static class IngestResults
{
    public static NormalVideo ToNormalVideo(this IngestResult media) => new(media.Width, media.Height, media.Fps, media.SourceFrames);
}
