using System.Numerics;

namespace LipSync.Rendering;

/// <summary>What a plan asks of the mouths, for whoever checks the finished video against it.</summary>
/// <param name="TrackIds">The face tracks that show the speaker.</param>
/// <param name="MeanFace">The speaker's mean mesh in canonical coordinates: openings are measured in its eye distances.</param>
/// <param name="Frames">One for each output frame.</param>
public sealed record PlannedMouths(IReadOnlyList<int> TrackIds, Vector3[] MeanFace, IReadOnlyList<PlannedMouth> Frames);

/// <param name="Strength">0: the source's own mouth is left as it is; 1: the mouth is drawn fully.</param>
/// <param name="Opening">The gap between the inner lips that the frame shall show, in eye distances.</param>
/// <param name="Closure">0 … 1: lips pressed for p, b, m.</param>
public readonly record struct PlannedMouth(float Strength, float Opening, float Closure)
{
    /// <summary>From here on a closure counts as asked for.</summary>
    private const float Asked = 0.5f;

    public bool IsDrawn => Strength >= 1;

    public bool IsClosure => Closure >= Asked && Strength >= 1;
}
