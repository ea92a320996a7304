namespace LipSync.Media;

/// <summary>What to do where video and speech differ in length.</summary>
public enum SyncMode
{
    /// <summary>The video plays forward and back for as long as the speech.</summary>
    Bounce,

    /// <summary>The video starts again at its end.</summary>
    Loop,

    /// <summary>The video is slowed or sped to the speech's length.</summary>
    Remap,

    /// <summary>The output ends with the shorter of the two.</summary>
    CutOff,

    /// <summary>The output ends with the longer of the two; a shorter video bounces.</summary>
    Silence,
}

/// <summary>Which source frame each output frame shows. Pure.</summary>
/// <param name="SourceFrames">Frames of the normal video, at least 1.</param>
/// <param name="OutputFrames">Frames of the output.</param>
public sealed record FrameMap(SyncMode Mode, int SourceFrames, int OutputFrames)
{
    /// <summary>The map of a video and a speech. A single source frame is a still, which lasts as long as it is needed in every mode.</summary>
    public static FrameMap For(SyncMode mode, int sourceFrames, double speechSeconds, int fps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sourceFrames, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(speechSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThan(fps, 1);

        // The frame that the last sample falls into is shown; a whole number of frames stays one, whatever the division by the rate left.
        var speechFrames = Math.Max(1, checked((int)Math.Ceiling(speechSeconds * fps - 1e-6)));
        var outputFrames = mode switch
        {
            SyncMode.CutOff when sourceFrames > 1 => Math.Min(sourceFrames, speechFrames),
            SyncMode.Silence => Math.Max(sourceFrames, speechFrames),
            _ => speechFrames,
        };
        return new FrameMap(mode, sourceFrames, outputFrames);
    }

    /// <summary>Stretches of the source that are not shown, in order.</summary>
    public IReadOnlyList<HeldFrame> Held { get; init; } = [];

    /// <summary>The source frame of an output frame, 0 … SourceFrames - 1.</summary>
    public int SourceOf(int outputFrame)
    {
        var source = Played(outputFrame);
        foreach (var held in Held)
        {
            if (source >= held.First && source < held.End)
            {
                return held.Shown;
            }
        }

        return source;
    }

    private int Played(int outputFrame)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputFrame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(outputFrame, OutputFrames);
        return Mode switch
        {
            _ when SourceFrames == 1 => 0,
            SyncMode.Loop => outputFrame % SourceFrames,
            SyncMode.Remap => Stretch(outputFrame),
            SyncMode.CutOff => outputFrame,
            _ => Bounce(outputFrame),
        };
    }

    // The middle of the output frame's time span, so that equal lengths map one to one.
    private int Stretch(int outputFrame) => (int)((2L * outputFrame + 1) * SourceFrames / (2L * OutputFrames));

    // The end frames are shown once at each turn: 0 1 2 1 0 1 …
    private int Bounce(int outputFrame)
    {
        var period = 2 * (SourceFrames - 1);
        var phase = outputFrame % period;
        return Math.Min(phase, period - phase);
    }
}

/// <summary>One frame that stands still instead of others.</summary>
/// <param name="First">First source frame that is not shown.</param>
/// <param name="End">The source frame after the last that is not shown.</param>
/// <param name="Shown">The source frame in their place.</param>
public readonly record struct HeldFrame(int First, int End, int Shown);
