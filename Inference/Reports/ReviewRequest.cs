namespace LipSync.Reports;

/// <summary>A finished video, what it was made from, and where the pictures of its review go.</summary>
public sealed record ReviewRequest
{
    /// <summary>The finished video's path.</summary>
    public required string Video { get; init; }

    /// <summary>What the finished video holds.</summary>
    public required NormalVideo Info { get; init; }

    /// <summary>The face tracks of the normal video.</summary>
    public required string Faces { get; init; }

    /// <summary>The mouth plan.</summary>
    public required string Plan { get; init; }

    /// <summary>What planning told.</summary>
    public required PlanReport Report { get; init; }

    /// <summary>Where the contact sheet (PNG) is written.</summary>
    public required string ContactSheet { get; init; }

    /// <summary>Where the plot of the mouth's opening over time (SVG) is written.</summary>
    public required string Plot { get; init; }
}
