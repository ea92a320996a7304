namespace LipSync.Faces;

/// <summary>Which of a video's faces speaks.</summary>
public abstract record FaceChoice
{
    private FaceChoice()
    {
    }

    /// <summary>The one whose mouth moves with the source's own speech, else the largest.</summary>
    public static FaceChoice Auto { get; } = new AutoChoice();

    /// <summary>The largest over the whole video.</summary>
    public static FaceChoice Largest { get; } = new LargestChoice();

    /// <summary>The one at a place of the picture at a time.</summary>
    /// <param name="Seconds">Of the source video.</param>
    /// <param name="X">0 … 1 of the picture's width.</param>
    /// <param name="Y">0 … 1 of the picture's height.</param>
    public sealed record At(double Seconds, double X, double Y) : FaceChoice;

    /// <param name="Id">A <see cref="FaceTrack.Id"/> that an analysis of the same video named.</param>
    public sealed record Track(int Id) : FaceChoice;

    private sealed record AutoChoice : FaceChoice;

    private sealed record LargestChoice : FaceChoice;
}
