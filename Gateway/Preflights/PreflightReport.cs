using LipSync.Jobs;

namespace LipSync.Gateway.Preflights;

/// <summary>What a preflight found, as it lies in the media store.</summary>
/// <param name="HeldCredits">Credits that a job holds when it is submitted.</param>
public sealed record PreflightReport(
    IReadOnlyList<JobError> Blocking,
    VideoAnswer? Video,
    ImageAnswer? Image,
    AudioAnswer? Audio,
    OutputAnswer? Output,
    IReadOnlyList<FoundFace>? Faces,
    int? SelectedTrackId,
    long? EstimatedCredits,
    double? EstimatedTime,
    long HeldCredits);

/// <param name="ThumbnailKey">Of the picture in the media store.</param>
public sealed record FoundFace(
    int TrackId, int Person, double FirstSeen, double LastSeen, int Frames, double Time, FaceBox Box, string ThumbnailKey);
