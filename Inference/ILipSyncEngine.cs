using LipSync.Media;

namespace LipSync;

/// <summary>
/// The engine: files in, files out. Normalise both inputs once, track faces and plan mouths once, then render any range of
/// output frames in any order on any machine (the same range gives the same bytes), and assemble.
/// </summary>
public interface ILipSyncEngine
{
    /// <inheritdoc cref="LipSyncPipeline.NormalizeVideo"/>
    Task<NormalVideo> NormalizeVideo(
        string source, bool isImage, VideoFormat format, double maxSeconds, string output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="LipSyncPipeline.NormalizeSpeech"/>
    Task<double> NormalizeSpeech(string source, double maxSeconds, string output, CancellationToken cancellationToken);

    /// <inheritdoc cref="LipSyncPipeline.TrackFaces"/>
    Task<FaceSummary> TrackFaces(
        string normalVideo, NormalVideo info, string output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="LipSyncPipeline.PlanMouths"/>
    Task<PlanSummary> PlanMouths(
        string normalVideo, NormalVideo info, string faces, string speech, FrameMap map, string output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="LipSyncPipeline.Render"/>
    Task Render(
        string normalVideo, NormalVideo info, string faces, string plan, int firstFrame, int frameCount, string output, IProgress<double>? progress, CancellationToken cancellationToken);

    /// <inheritdoc cref="LipSyncPipeline.Assemble"/>
    Task Assemble(
        IReadOnlyList<string> chunks, string speech, int frames, int fps, string output, CancellationToken cancellationToken);
}
