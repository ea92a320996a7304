namespace LipSync.Speech;

/// <summary>A mouth as speech asks for it, independent of any speaker. Every member runs from 0 to 1.</summary>
/// <param name="Opening">0 closed, 1 as wide as speech opens.</param>
/// <param name="Width">0 pursed, 0.5 at rest, 1 spread.</param>
/// <param name="Rounding">o, u, w.</param>
/// <param name="Closure">Lips pressed: p, b, m.</param>
/// <param name="Labiodental">Lower lip to the upper teeth: f, v.</param>
/// <param name="Voice">Speech rather than silence.</param>
/// <param name="Tongue">The tongue's tip at or behind the upper teeth: l, t, d, n, th.</param>
public readonly record struct MouthPose(float Opening, float Width, float Rounding, float Closure, float Labiodental, float Voice, float Tongue = 0)
{
    /// <summary>Closed and silent.</summary>
    public static MouthPose Rest => new(0, 0.5f, 0, 0, 0, 0);
}

/// <summary>Mouth poses of a whole speech, one for every output frame, and how each frame sounds.</summary>
public sealed record MouthTrack(IReadOnlyList<MouthPose> Poses, SpeechSounds Sounds)
{
    public MouthTrack(IReadOnlyList<MouthPose> poses)
        : this(poses, SpeechSounds.None)
    {
    }

    /// <summary>The pose of a frame; rest beyond the end.</summary>
    public MouthPose this[int frame] => frame < Poses.Count ? Poses[frame] : MouthPose.Rest;
}

/// <summary>Turns speech into mouths. The seam for a trained network, phoneme times, or anything else.</summary>
public interface IMouthTracker
{
    /// <summary>Begins to listen to one speech.</summary>
    /// <param name="fps">Frames per second of the track.</param>
    IMouthListener Listen(int fps);
}

/// <summary>Hears one speech piece by piece, so that memory doesn't grow with its samples.</summary>
public interface IMouthListener
{
    /// <param name="samples">16 kHz mono, following those heard before.</param>
    void Hear(ReadOnlySpan<float> samples);

    /// <summary>The mouths of all that was heard: a pose for every frame begun.</summary>
    MouthTrack Finish();
}
