using LipSync.Jobs;

namespace LipSync.Gateway.Preflights;

/// <summary>What a job of this request would find and make. Members without a value are left out.</summary>
public sealed record AnalyzeAnswer
{
    /// <summary>Nothing speaks against a job of this request, with a speech where none is named yet.</summary>
    public required bool Ready { get; init; }

    /// <summary>Why a job would be refused or fail, with the codes that it would have; empty when ready.</summary>
    public required IReadOnlyList<JobError> Blocking { get; init; }

    public VideoAnswer? Video { get; init; }

    public ImageAnswer? Image { get; init; }

    public AudioAnswer? Audio { get; init; }

    /// <summary>The video that would be made; not there without a speech.</summary>
    public OutputAnswer? Output { get; init; }

    /// <summary>Faces in the order in which they appear, at most 40.</summary>
    public IReadOnlyList<FaceAnswer>? Faces { get; init; }

    /// <summary>Whose face would speak under these settings; not there where nobody's would.</summary>
    public int? SelectedTrackId { get; init; }

    /// <summary>What the job would cost, exactly; not there without a speech.</summary>
    public long? EstimatedCredits { get; init; }

    /// <summary>Seconds that the job is expected to take, waiting not included.</summary>
    public int? EstimatedTime { get; init; }
}

/// <summary>The video as it came.</summary>
/// <param name="Duration">Seconds.</param>
/// <param name="Width">Pixels as shown, after rotation.</param>
/// <param name="Height">Pixels as shown, after rotation.</param>
/// <param name="Rotation">Degrees clockwise by which the stored picture is turned to be shown: 0, 90, 180 or 270.</param>
/// <param name="FrameRate">Frames per second on average; 0 where the file does not say.</param>
/// <param name="VariableFrameRate">Frames are shown for clearly different times; the output's rate is constant.</param>
/// <param name="Hdr">High dynamic range; it becomes standard range.</param>
/// <param name="VideoCodec">As ffmpeg names it.</param>
/// <param name="HasAudio">The video has a sound of its own, from which the speaker is learnt.</param>
public sealed record VideoAnswer(
    double Duration, int Width, int Height, int Rotation, double FrameRate, bool VariableFrameRate, bool Hdr, string VideoCodec, bool HasAudio);

/// <summary>The picture as it came.</summary>
/// <param name="Width">Pixels as shown.</param>
/// <param name="Height">Pixels as shown.</param>
public sealed record ImageAnswer(int Width, int Height);

/// <summary>The speech as it came.</summary>
/// <param name="Duration">Seconds.</param>
/// <param name="Codec">As ffmpeg names it.</param>
/// <param name="SampleRate">Hertz; 0 where the file does not say.</param>
/// <param name="Channels">0 where the file does not say.</param>
public sealed record AudioAnswer(double Duration, string Codec, int SampleRate, int Channels);

/// <summary>The video that a job would make.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Fps">Frames per second.</param>
/// <param name="Frames">Frames in all.</param>
/// <param name="Duration">Seconds.</param>
public sealed record OutputAnswer(int Width, int Height, int Fps, int Frames, double Duration);
