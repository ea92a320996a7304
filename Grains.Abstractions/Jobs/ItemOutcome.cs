using LipSync.Dispatch;

namespace LipSync.Jobs;

/// <summary>How an item ended: exactly one of <paramref name="Result"/> and <paramref name="Error"/> is set.</summary>
/// <param name="Retryable">The machine failed rather than the input: another attempt may succeed.</param>
[GenerateSerializer, Immutable, Alias("LipSync.ItemOutcome")]
public sealed record ItemOutcome(
    [property: Id(0)] WorkItemId Item,
    [property: Id(1)] long Fence,
    [property: Id(2)] StageResult? Result,
    [property: Id(3)] JobError? Error,
    [property: Id(4)] bool Retryable);

[GenerateSerializer, Immutable, Alias("LipSync.StageResult")]
public abstract record StageResult;

/// <summary>Both inputs in normal form and the video's face tracks, in the media store under content keys.</summary>
/// <param name="VideoKey">Constant-rate, upright, even-sized 8-bit video; one frame for an image.</param>
/// <param name="SpeechKey">The speech as it will be heard.</param>
/// <param name="FacesKey">The face tracks of the normal video.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="SourceFrames">Frames in the normal video.</param>
/// <param name="OutputFrames">Frames the output will have.</param>
/// <param name="OwnSoundKey">The video's own sound on the normal video's clock; null where it has none.</param>
/// <param name="FacesFound">Face tracks.</param>
[GenerateSerializer, Immutable, Alias("LipSync.IngestResult")]
public sealed record IngestResult(
    [property: Id(0)] string VideoKey,
    [property: Id(1)] string SpeechKey,
    [property: Id(10)] string FacesKey,
    [property: Id(2)] int Width,
    [property: Id(3)] int Height,
    [property: Id(4)] int Fps,
    [property: Id(5)] int SourceFrames,
    [property: Id(6)] int OutputFrames,
    [property: Id(8)] string? OwnSoundKey = null,
    [property: Id(9)] int FacesFound = 0) : StageResult; // Id 7 is retired.

/// <param name="FacesKey">The face tracks of the normal video.</param>
/// <param name="PlanKey">The mouth of every output frame.</param>
/// <param name="FacesFound">Tracks.</param>
/// <param name="FramesWithFace">Output frames in which the speaker's face is seen.</param>
/// <param name="PlanReportKey">What planning told, for the review.</param>
[GenerateSerializer, Immutable, Alias("LipSync.AnalyzeResult")]
public sealed record AnalyzeResult(
    [property: Id(0)] string FacesKey,
    [property: Id(1)] string PlanKey,
    [property: Id(2)] int FacesFound,
    [property: Id(3)] int FramesWithFace,
    [property: Id(4)] string PlanReportKey) : StageResult;

[GenerateSerializer, Immutable, Alias("LipSync.RenderResult")]
public sealed record RenderResult : StageResult; // Id 0 is retired.

/// <param name="OutputKey">The finished video.</param>
/// <param name="Frames">Frames delivered; the price follows from them.</param>
/// <param name="Review">What was found when the video was looked at again; null for videos from before there were reviews.</param>
/// <param name="Bytes">The video's size; 0 for videos from before it was recorded.</param>
/// <param name="Sha256">The SHA-256 of the video's bytes as read back from the media store, in lower-case hexadecimal; null for videos from before it was recorded.</param>
[GenerateSerializer, Immutable, Alias("LipSync.AssembleResult")]
public sealed record AssembleResult(
    [property: Id(0)] string OutputKey,
    [property: Id(1)] int Frames,
    [property: Id(2)] ReviewKeys? Review = null,
    [property: Id(3)] long Bytes = 0,
    [property: Id(4)] string? Sha256 = null) : StageResult;
