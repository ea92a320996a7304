using LipSync.Inspection;
using LipSync.Jobs;

namespace LipSync.Preflights;

/// <summary>What a preflight found, as it lies in the media store. What is not known is null and left out.</summary>
public sealed record PreflightReport
{
    /// <summary>Why a job would fail; empty: nothing speaks against it.</summary>
    public required IReadOnlyList<JobError> Blocking { get; init; }

    public VideoReport? Video { get; init; }

    public ImageReport? Image { get; init; }

    public AudioReport? Audio { get; init; }

    /// <summary>What a job would make.</summary>
    public OutputReport? Output { get; init; }

    public IReadOnlyList<FaceReport>? Faces { get; init; }

    /// <summary>Who would speak.</summary>
    public int? SelectedTrackId { get; init; }

    /// <summary>The job's price, exactly.</summary>
    public long? EstimatedCredits { get; init; }

    /// <summary>Seconds that a job is expected to take.</summary>
    public double? EstimatedTime { get; init; }

    /// <summary>Credits that a job holds when it is submitted, before its media is measured.</summary>
    public required long HeldCredits { get; init; }
}

/// <param name="Duration">Seconds; measured, or the header's where the video was cut.</param>
public sealed record VideoReport(
    double Duration, int Width, int Height, int Rotation, double FrameRate, bool VariableFrameRate, bool Hdr, string VideoCodec, bool HasAudio);

/// <param name="Width">Pixels as shown.</param>
/// <param name="Height">Pixels as shown.</param>
public sealed record ImageReport(int Width, int Height);

/// <param name="Duration">Seconds; measured, or the header's where the speech was cut.</param>
public sealed record AudioReport(double Duration, string Codec, int SampleRate, int Channels);

public sealed record OutputReport(int Width, int Height, int Fps, int Frames, double Duration);

/// <param name="TrackId">As <see cref="FaceOfTrack"/> takes it.</param>
/// <param name="Person">Tracks with the same number show the same person.</param>
/// <param name="FirstSeen">Seconds of the source video.</param>
/// <param name="LastSeen">Seconds of the source video.</param>
/// <param name="Frames">Frames in which the face is seen.</param>
/// <param name="Time">Seconds of the source video at which the face is seen best.</param>
/// <param name="Box">The face at that time.</param>
/// <param name="ThumbnailKey">A JPEG of the face at that time.</param>
public sealed record FaceReport(
    int TrackId, int Person, double FirstSeen, double LastSeen, int Frames, double Time, FaceArea Box, string ThumbnailKey);
