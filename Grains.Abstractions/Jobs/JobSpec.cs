using LipSync.Accounts;

namespace LipSync.Jobs;

public enum InputType { Video, Image }

/// <summary>How speech and video of different length are brought together; see the HTTP contract.</summary>
public enum SyncMode { Bounce, Loop, Remap, CutOff, Silence }

/// <summary>What happens with a video in which nobody's face is found in some frames.</summary>
public enum NoFacePolicy { Passthrough, Fail }

/// <summary>Where media comes from: a URL to fetch, or the key of an upload in the media store. Exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.MediaSource")]
public sealed record MediaSource([property: Id(0)] string? Url, [property: Id(1)] string? UploadKey);

/// <param name="ShortSide">Pixels of the output's shorter side: 480, 720 or 1080.</param>
/// <param name="Fps">Frames per second of the output, 24-60.</param>
/// <param name="MaxDuration">Seconds after which the output is cut, or null.</param>
/// <param name="SyncMode">What happens where speech and video differ in length.</param>
/// <param name="NoFace">What happens to frames without a face.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobSettings")]
public sealed record JobSettings(
    [property: Id(0)] int ShortSide,
    [property: Id(1)] int Fps,
    [property: Id(2)] double? MaxDuration,
    [property: Id(3)] SyncMode SyncMode,
    [property: Id(4)] NoFacePolicy NoFace);

/// <summary>A whole request, as the gateway accepted it.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.JobSpec")]
public sealed record JobSpec
{
    [Id(0)] public required string AccountId { get; init; }
    [Id(1)] public required InputType InputType { get; init; }
    [Id(2)] public required MediaSource Visual { get; init; }
    [Id(3)] public required MediaSource Speech { get; init; }
    [Id(4)] public required JobSettings Settings { get; init; }
    /// <summary>The limits of the account's plan when it submitted; a later change of plan doesn't touch a running job.</summary>
    [Id(5)] public required PlanLimits Limits { get; init; }
}
