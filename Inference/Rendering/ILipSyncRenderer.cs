using LipSync.Faces;
using LipSync.Media;
using LipSync.Speech;

namespace LipSync.Rendering;

/// <summary>
/// One way of making mouths. It decides once, over the whole video, everything that depends on neighbouring frames, and writes it
/// down; afterwards each frame is drawn from the plan, the faces and its own source picture alone, in any order on any machine.
/// </summary>
public interface ILipSyncRenderer
{
    /// <summary>The name it is asked for by; part of every plan it writes.</summary>
    string Name { get; }

    /// <summary>Writes the plan's body behind the header that stands in <paramref name="output"/>.</summary>
    /// <returns>What was planned; null if the speaker can't be used anywhere.</returns>
    Task<PlanSummary?> Plan(RenderSource source, FileStream output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Opens a plan for drawing. <paramref name="plan"/> stands behind the header and belongs to the caller.</summary>
    IFrameRenderer Open(FrameMap map, FileStream plan, FaceTracks faces);

    /// <summary>Reads back what a plan asks of every frame's mouth. <paramref name="plan"/> stands behind the header and belongs to the caller.</summary>
    PlannedMouths Read(FrameMap map, FileStream plan);
}

/// <summary>Draws mouths into frames. Holds buffers, so one user at a time.</summary>
public interface IFrameRenderer : IDisposable
{
    /// <summary>Draws the mouth of an output frame into its source picture, in place. Pixels off the lower face stay as they are.</summary>
    void Render(int outputFrame, YuvFrame frame);
}

/// <summary>What a renderer plans from.</summary>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Speech">What is to be spoken, a pose for each output frame.</param>
/// <param name="OwnSpeech">What the source video itself says, a pose for each of its frames; null where it says nothing.</param>
public sealed record RenderSource(PlanRequest Request, FaceTracks Faces, Speaker Speaker, MouthTrack Speech, MouthTrack? OwnSpeech)
{
    public string Video => Request.Video;

    public NormalVideo Info => Request.Info;

    public FrameMap Map => Request.Map;
}
