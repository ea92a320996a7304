using LipSync.Faces;
using LipSync.Media;

namespace LipSync;

/// <summary>What the mouths of one output are planned from.</summary>
public sealed record PlanRequest
{
    /// <summary>The normal video's path.</summary>
    public required string Video { get; init; }

    public required NormalVideo Info { get; init; }

    /// <summary>The face tracks of the normal video.</summary>
    public required string Faces { get; init; }

    /// <summary>The speech to be spoken, as <see cref="ILipSyncEngine.NormalizeSpeech"/> wrote it.</summary>
    public required string Speech { get; init; }

    /// <summary>The source video's own sound on the normal video's clock; null where it has none. From it the speaker is learnt.</summary>
    public string? OwnSound { get; init; }

    public required FrameMap Map { get; init; }

    /// <summary>Whose mouth moves.</summary>
    public FaceChoice Face { get; init; } = FaceChoice.Auto;

    /// <summary>Where the face is not seen the last picture that showed it stands still and speaks on, instead of the source passing through.</summary>
    public bool HoldWithoutFace { get; init; }

    /// <summary>Portraits blink, breathe and move their brows.</summary>
    public bool Motion { get; init; } = true;

    /// <summary>The same seed makes the same portrait motion.</summary>
    public string Seed { get; init; } = "";
}
