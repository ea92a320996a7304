using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using LipSync.Jobs;

namespace LipSync.Gateway.Lipsync;

/// <summary>Speech and a video or an image of the speaker.</summary>
public record GenerateRequest
{
    /// <summary>The speech: an http(s) URL to fetch, or the link of an upload.</summary>
    [Required]
    public virtual string? AudioUrl { get; init; }

    /// <summary>A video of the speaker; give either this or <c>imageUrl</c>.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>A portrait of the speaker; give either this or <c>videoUrl</c>.</summary>
    public string? ImageUrl { get; init; }

    public GenerateSettings? Settings { get; init; }

    /// <summary>Accepted and checked, but this version doesn't deliver webhooks yet: the answer's <c>warnings</c> say so. Poll the status instead.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>Up to 20 of your own string pairs, names of up to 40 and values of up to 500 characters: the job's status and lists echo them.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>How the output is made.</summary>
public sealed record GenerateSettings
{
    public const int LowestFps = 24;
    public const int DefaultFps = 25;
    public const int HighestFps = 60;

    /// <summary>Seconds; no shorter speech can be spoken.</summary>
    public const double ShortestDuration = 0.1;

    /// <summary>The output's shorter side in pixels; <c>720p</c> where not given.</summary>
    [DefaultValue(Lipsync.Resolution.P720)]
    public Resolution? Resolution { get; init; }

    /// <summary>Frames per second of the output, 24 to 60; 25 where not given.</summary>
    [Range(LowestFps, HighestFps), DefaultValue(DefaultFps)]
    public int? Fps { get; init; }

    /// <summary>Seconds after which the speech is cut, and with it the output, at least 0.1; <c>remap</c> fits the video to the cut speech. It also bounds the credits held.</summary>
    public double? MaxDuration { get; init; }

    /// <summary>What happens where speech and video differ in length; <c>bounce</c> where not given.</summary>
    [DefaultValue(LipSync.Jobs.SyncMode.Bounce)]
    public SyncMode? SyncMode { get; init; }

    /// <summary>Whose face speaks; <c>auto</c> where not given.</summary>
    public FaceSetting? Face { get; init; }

    /// <summary>
    /// What is shown where no face is seen: the source as it is (<c>passthrough</c>, where not given), the last picture that showed
    /// the face, which speaks on (<c>hold</c>), or nothing: the job fails (<c>fail</c>).
    /// </summary>
    [DefaultValue(NoFacePolicy.Passthrough)]
    public NoFacePolicy? NoFace { get; init; }

    /// <summary>
    /// <c>auto</c>, where not given: a portrait also blinks, breathes and moves its brows, the same for the same job.
    /// <c>none</c>: only its mouth moves. Videos keep their own motion either way.
    /// </summary>
    [DefaultValue(LipSync.Jobs.Motion.Auto)]
    public Motion? Motion { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; init; }
}

/// <summary>The value is the shorter side in pixels.</summary>
public enum Resolution
{
    [JsonStringEnumMemberName("480p")] P480 = 480,
    [JsonStringEnumMemberName("720p")] P720 = 720,
    [JsonStringEnumMemberName("1080p")] P1080 = 1080,
}
