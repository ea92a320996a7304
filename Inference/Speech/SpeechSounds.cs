namespace LipSync.Speech;

/// <summary>
/// How each frame of a speech sounds to the mouth: vectors in which distance means another mouth, whoever speaks. A speaker's readout
/// is fitted on them, and mouths are found again by them. Half precision: half an hour at 25 frames a second is a few megabytes.
/// </summary>
/// <param name="values">Frame after frame.</param>
/// <param name="dimensions">Values of one frame; each has a spread of about 1 over speech.</param>
public sealed class SpeechSounds(Half[] values, int dimensions)
{
    /// <summary>Of a tracker that can't tell.</summary>
    public static SpeechSounds None { get; } = new([], 0);

    public int Dimensions => dimensions;

    public int Frames => dimensions == 0 ? 0 : values.Length / dimensions;

    /// <summary>The vector of a frame.</summary>
    public ReadOnlySpan<Half> this[int frame] => values.AsSpan(frame * dimensions, dimensions);
}
