using LipSync.Inspection;
using LipSync.Media.Probing;
using LipSync.Reports;

namespace LipSync;

/// <summary>
/// The engine: files in, files out. Normalise both inputs and track faces once, plan mouths once, then render any range of
/// output frames in any order on any machine (the same range gives the same bytes), and assemble.
/// </summary>
public interface ILipSyncEngine
{
    /// <summary>Makes sure that all it needs is on this machine, so that a machine which lacks something takes no work. Takes a fraction of a second.</summary>
    /// <exception cref="FileNotFoundException">Something is missing or does not load; the message names it, and is for the operator.</exception>
    void RequireInstalled();

    /// <summary>What a source says about itself. Takes a fraction of a second whatever its length.</summary>
    /// <exception cref="MediaRefusedException">The source can't be used in this role.</exception>
    Task<SourceFacts> Examine(string source, MediaRole role, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a constant-rate, upright, even-sized yuv420p mp4 whose shorter side is <see cref="VideoFormat.ShortSide"/>, and the
    /// tracks of every face in it, found while it is written.
    /// </summary>
    /// <param name="isImage">A picture: the result has one frame.</param>
    /// <param name="maxSeconds">Longer sources are cut here.</param>
    /// <param name="output">Where the video goes.</param>
    /// <param name="faces">Where the tracks go.</param>
    /// <exception cref="MediaRefusedException">The source can't be used, or no frame shows a face.</exception>
    Task<(NormalVideo Video, FaceSummary Faces)> NormalizeVideo(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, string faces, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Writes the speech as 48 kHz stereo FLAC from time 0 on, stream offsets kept as silence; answers its seconds, measured by decoding.</summary>
    /// <exception cref="MediaRefusedException">The source has no usable audio.</exception>
    Task<double> NormalizeSpeech(string source, double maxSeconds, string output, CancellationToken cancellationToken);

    /// <summary>
    /// The same of a video's own sound, on the normal video's clock: time 0 is its first picture. False, and no file, where the video
    /// has no usable sound.
    /// </summary>
    /// <exception cref="MediaRefusedException">The source is no usable video.</exception>
    Task<bool> TryNormalizeOwnSound(string source, double maxSeconds, string output, CancellationToken cancellationToken);

    /// <summary>Who is seen in a normal video, a picture of each, and who would speak.</summary>
    Task<FaceSurvey> SurveyFaces(FaceSurveyRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Decides every output frame: its source frame and its mouth. All that depends on neighbouring frames is decided here, so
    /// that rendering a frame depends on nothing but the plan and the video.
    /// </summary>
    /// <exception cref="MediaRefusedException">The face is too small or turned away in every frame.</exception>
    Task<PlanSummary> PlanMouths(PlanRequest request, string output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Renders output frames <paramref name="firstFrame"/> … firstFrame + frameCount - 1 into a chunk (mp4 without audio).</summary>
    Task Render(
        string normalVideo, NormalVideo info, string faces, string plan, int firstFrame, int frameCount, string output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <summary>Joins the chunks without encoding again and muxes the speech, cut or padded to the frames.</summary>
    Task Assemble(
        IReadOnlyList<string> chunks, string speech, int frames, int fps, string output, CancellationToken cancellationToken);

    /// <summary>
    /// Looks at a finished video again: finds its mouths anew, in about six seconds of it at most, and compares them with the plan.
    /// Writes a contact sheet and a plot.
    /// </summary>
    Task<SyncReport> Review(ReviewRequest request, CancellationToken cancellationToken);
}
