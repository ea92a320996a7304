using LipSync.Jobs;

namespace LipSync.Gateway.Reports;

/// <summary>What was made, and what the finished video shows when it is looked at again.</summary>
public sealed record ReportAnswer
{
    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int Fps { get; init; }

    public required int Frames { get; init; }

    /// <summary>Seconds.</summary>
    public required double Duration { get; init; }

    /// <summary>Size of the video.</summary>
    public long? Bytes { get; init; }

    /// <summary>SHA-256 of the video's bytes, in lower-case hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Faces found in the source.</summary>
    public required int FacesFound { get; init; }

    /// <summary>Frames of the output in which the speaker's mouth is drawn.</summary>
    public required int FramesWithFace { get; init; }

    /// <summary>The output in order: where the mouth is drawn, and where not. The first 50 stretches.</summary>
    public IReadOnlyList<FaceStretch>? Faces { get; init; }

    /// <summary>Stretches left out of <c>faces</c>.</summary>
    public int? FacesOmitted { get; init; }

    /// <summary>The opening seen in the finished video against the opening asked for; not there where the speech is silent.</summary>
    public OpeningAgreement? Opening { get; init; }

    public ClosureFigures? Closures { get; init; }

    public ExemplarFigures? Exemplars { get; init; }

    /// <summary>What the source's own speech told; not there where it holds none.</summary>
    public SourceFigures? Source { get; init; }

    /// <summary>What a viewer may object to, in plain words.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>A PNG of the finished video's mouths. Valid for one hour, opens without a key, new at every call.</summary>
    public string? ContactSheetUrl { get; init; }

    /// <summary>An SVG of the mouth's opening over time, planned and seen. Valid for one hour, opens without a key, new at every call.</summary>
    public string? PlotUrl { get; init; }

    /// <param name="review">Null where the video was never looked at again.</param>
    public static ReportAnswer From(JobReport facts, Review? review) => new()
    {
        Width = facts.Width,
        Height = facts.Height,
        Fps = facts.Fps,
        Frames = facts.Frames,
        Duration = facts.Duration,
        Bytes = facts.Bytes is > 0 and var bytes ? bytes : null,
        Sha256 = facts.Sha256,
        FacesFound = facts.FacesFound,
        FramesWithFace = facts.FramesWithFace,
        Faces = review?.Faces,
        FacesOmitted = review?.FacesOmitted is > 0 and var omitted ? omitted : null,
        Opening = review?.Opening,
        Closures = review?.Closures,
        Exemplars = review?.Exemplars,
        Source = review?.Source,
        Warnings = review?.Warnings,
    };
}
