namespace LipSync.Media;

public enum SyncMode { Bounce, Loop, Remap, CutOff, Silence }

/// <summary>Which source frame each output frame shows. Pure.</summary>
/// <param name="SourceFrames">Frames of the normal video, at least 1.</param>
/// <param name="OutputFrames">Frames of the output.</param>
public sealed record FrameMap(SyncMode Mode, int SourceFrames, int OutputFrames)
{
    public static FrameMap For(SyncMode mode, int sourceFrames, double speechSeconds, int fps) =>
        throw new NotImplementedException();

    /// <summary>The source frame of an output frame, 0 … SourceFrames - 1.</summary>
    public int SourceOf(int outputFrame) => throw new NotImplementedException();
}
