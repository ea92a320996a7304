using LipSync.Accounts;

namespace LipSync.Jobs;

public enum InputType { Video, Image }

/// <summary>How speech and video of different length are brought together; see the HTTP contract.</summary>
public enum SyncMode { Bounce, Loop, Remap, CutOff, Silence }

/// <summary>
/// What is shown where the speaker's face is not seen: the source as it is, nothing (the job fails), or the last picture that showed it.
/// </summary>
public enum NoFacePolicy { Passthrough, Fail, Hold }

/// <summary>Whether portraits move beyond the mouth: blinks, breath, brows.</summary>
public enum Motion { Auto, None }

/// <summary>What a job is to make: a video, or nothing but a report on its inputs (a preflight), which costs nothing and is on no list.</summary>
public enum JobPurpose { Video, Preflight }

/// <summary>Where media comes from: a URL to fetch, or the key of an upload in the media store. Exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.MediaSource")]
public sealed record MediaSource([property: Id(0)] string? Url, [property: Id(1)] string? UploadKey);

/// <summary>Whose face speaks.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.FaceSelection")]
public abstract record FaceSelection;

/// <summary>The largest over the whole video.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.LargestFace")]
public sealed record LargestFace : FaceSelection;

/// <summary>The one at a place of the picture at a time.</summary>
/// <param name="Time">Seconds of the source video.</param>
/// <param name="X">0-1 of the picture's width.</param>
/// <param name="Y">0-1 of the picture's height.</param>
[GenerateSerializer, Immutable, Alias("LipSync.FaceAt")]
public sealed record FaceAt([property: Id(0)] double Time, [property: Id(1)] double X, [property: Id(2)] double Y) : FaceSelection;

/// <summary>The one that an analysis of the same video gave this number.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.FaceOfTrack")]
public sealed record FaceOfTrack([property: Id(0)] int TrackId) : FaceSelection;

/// <param name="ShortSide">Pixels of the output's shorter side: 480, 720 or 1080.</param>
/// <param name="Fps">Frames per second of the output, 24-60.</param>
/// <param name="MaxDuration">Seconds after which the output is cut, or null.</param>
/// <param name="SyncMode">What happens where speech and video differ in length.</param>
/// <param name="NoFace">What happens to frames without a face.</param>
/// <param name="Face">Whose face speaks; null: the engine finds out.</param>
[GenerateSerializer, Immutable, Alias("LipSync.JobSettings")]
public sealed record JobSettings(
    [property: Id(0)] int ShortSide,
    [property: Id(1)] int Fps,
    [property: Id(2)] double? MaxDuration,
    [property: Id(3)] SyncMode SyncMode,
    [property: Id(4)] NoFacePolicy NoFace,
    [property: Id(5)] FaceSelection? Face = null,
    [property: Id(6)] Motion Motion = Motion.Auto);

/// <summary>A whole request, as the gateway accepted it.</summary>
[GenerateSerializer, Immutable, Alias("LipSync.JobSpec")]
public sealed record JobSpec
{
    [Id(0)] public required string AccountId { get; init; }
    [Id(1)] public required InputType InputType { get; init; }
    [Id(2)] public required MediaSource Visual { get; init; }
    /// <summary>Null only in a preflight of a request that names none yet.</summary>
    [Id(3)] public required MediaSource? Speech { get; init; }
    [Id(4)] public required JobSettings Settings { get; init; }
    /// <summary>The limits of the account's plan when it submitted; a later change of plan doesn't touch a running job.</summary>
    [Id(5)] public required PlanLimits Limits { get; init; }

    /// <summary>The customer's own notes on the job: a JSON object of strings, its members sorted by name, so that equal ones are equal texts. Null: none.</summary>
    [Id(6)] public string? Metadata { get; init; }

    [Id(7)] public JobPurpose Purpose { get; init; }

    /// <summary>Whether the other asks for the same; limits, which the plan sets, aside.</summary>
    public bool Asks(JobSpec other) => this == other with { Limits = Limits };
}
