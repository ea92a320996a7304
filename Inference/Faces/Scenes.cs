namespace LipSync.Faces;

/// <summary>The shots of a video, in order and without gaps. What is smoothed, faded or shown elsewhere stays within its scene.</summary>
/// <param name="Cuts">The first frame of every scene but the first, rising.</param>
public sealed record Scenes(IReadOnlyList<int> Cuts)
{
    public int Count => Cuts.Count + 1;

    /// <summary>The number of the scene that a frame belongs to.</summary>
    public int Of(int frame)
    {
        var (low, high) = (0, Cuts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = frame < Cuts[middle] ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>The frames of a scene of a video with so many frames.</summary>
    public (int First, int End) Frames(int scene, int videoFrames) =>
        (scene == 0 ? 0 : Cuts[scene - 1], scene == Cuts.Count ? videoFrames : Cuts[scene]);
}
