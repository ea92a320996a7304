namespace LipSync.Faces.Persons;

/// <summary>Somebody in a video.</summary>
/// <param name="Tracks">In the order of time; no two show him in the same frame.</param>
/// <param name="Likeness">Of the track that shows him best.</param>
internal sealed record Person(IReadOnlyList<FaceTrack> Tracks, Likeness Likeness)
{
    /// <summary>How much of him is seen: area by time.</summary>
    public double Weight { get; } = Tracks.Sum(WeightOf);

    public static double WeightOf(FaceTrack track) => track.MeanArea * track.FramesSeen;

    public Person With(Person other) =>
        new([.. Tracks.Concat(other.Tracks).OrderBy(track => track.FirstFrame)], Weight >= other.Weight ? Likeness : other.Likeness);

    public bool IsSeenWith(Person other) => Tracks.Any(track => other.Tracks.Any(another => Overlap(track, another)));

    public static bool Overlap(FaceTrack one, FaceTrack other) => one.FirstFrame <= other.LastFrame && other.FirstFrame <= one.LastFrame;
}
