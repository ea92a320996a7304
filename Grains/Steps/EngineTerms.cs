using LipSync.Faces;
using LipSync.Jobs;

namespace LipSync.Steps;

/// <summary>The engine knows nothing of jobs: it has its own names for what a job's settings and results say.</summary>
internal static class EngineTerms
{
    public static NormalVideo ToNormalVideo(this IngestResult media) => new(media.Width, media.Height, media.Fps, media.SourceFrames);

    public static Media.SyncMode ToMapMode(this SyncMode mode) => mode switch
    {
        SyncMode.Bounce => Media.SyncMode.Bounce,
        SyncMode.Loop => Media.SyncMode.Loop,
        SyncMode.Remap => Media.SyncMode.Remap,
        SyncMode.CutOff => Media.SyncMode.CutOff,
        SyncMode.Silence => Media.SyncMode.Silence,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "No such mode."),
    };

    public static FaceChoice ToFaceChoice(this FaceSelection? face) => face switch
    {
        null => FaceChoice.Auto,
        LargestFace => FaceChoice.Largest,
        FaceAt at => new FaceChoice.At(at.Time, at.X, at.Y),
        FaceOfTrack track => new FaceChoice.Track(track.TrackId),
        _ => throw new ArgumentOutOfRangeException(nameof(face), face, "No such choice."),
    };
}
