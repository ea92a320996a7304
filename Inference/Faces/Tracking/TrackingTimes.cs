namespace LipSync.Faces.Tracking;

/// <summary>How far tracking looks about in time, in frames. Heads and jaws move in seconds, whatever the frame rate.</summary>
internal readonly record struct TrackingTimes(int Fps)
{
    /// <summary>Standard deviation of the boxes' smoothing in seconds: steadies them, and still follows a nod.</summary>
    private const double BoxSeconds = 0.08;

    /// <summary>Reach of the mesh's smoothing in seconds: more cuts the peaks of fast mouths.</summary>
    private const double MeshSeconds = 0.08;

    public double BoxSigma => BoxSeconds * Fps;

    /// <summary>Three standard deviations: the second pass trails the first by so much.</summary>
    public int BoxRadius => Round(3 * BoxSigma);

    public int MeshRadius => Round(MeshSeconds * Fps);

    /// <summary>From one rough box to the next: what lies between is smoothed away anyway.</summary>
    public int LookEvery => Round(BoxSigma);

    /// <summary>Frames before the present one that must be at hand: those that the second pass has not seen yet.</summary>
    public int FramesHeld => BoxRadius + LookEvery - 1;

    private static int Round(double frames) => Math.Max(1, (int)Math.Round(frames));
}
