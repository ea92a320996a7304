using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LipSync.Jobs;

namespace LipSync.Storage;

/// <summary>Where artifacts lie in the media store. Keys follow from content, so that the same work is found again.</summary>
public static class ArtifactKeys
{
    /// <summary>Normal media and face tracks, shared by all jobs with the same source.</summary>
    public const string Media = "media/";

    /// <summary>What jobs make.</summary>
    public const string Jobs = "jobs/";

    /// <summary>Reports and pictures of preflights.</summary>
    public const string Preflights = "preflights/";

    /// <summary>Part of every shared key: raised when the engine writes other artifacts for the same source than before.</summary>
    private const string EngineVersion = "3";

    /// <summary>What a job needs only while it runs.</summary>
    public static string Parts(string jobId) => $"{Job(jobId)}parts/";

    /// <summary>Everything that a job makes.</summary>
    public static string Job(string jobId) => $"{Jobs}{jobId}/";

    /// <summary>
    /// What one attempt at assembling delivers. A slot that lost the item and goes on unawares writes beside the output that was
    /// reported, never over it.
    /// </summary>
    public static string Attempt(string jobId, long fence) => string.Create(CultureInfo.InvariantCulture, $"{Job(jobId)}{fence}/");

    public static string Output(string jobId, long fence) => Attempt(jobId, fence) + "output.mp4";

    public static ReviewKeys Review(string jobId, long fence)
    {
        var folder = Attempt(jobId, fence);
        return new(folder + "report.json", folder + "contact-sheet.png", folder + "mouth.svg");
    }

    public static string PreflightReport(string preflightId) => $"{Preflights}{preflightId}/report.json";

    public static string PreflightFace(string preflightId, int track) =>
        string.Create(CultureInfo.InvariantCulture, $"{Preflights}{preflightId}/face-{track}.jpg");

    public static string MouthPlan(string jobId) => Parts(jobId) + "mouths";

    public static string PlanReport(string jobId) => Parts(jobId) + "mouths.json";

    public static string Chunk(string jobId, int firstFrame, int frameCount) =>
        string.Create(CultureInfo.InvariantCulture, $"{Parts(jobId)}chunk-{firstFrame}-{frameCount}.mp4");

    /// <param name="sourceHash">Lower-case hexadecimal SHA-256 of the source's bytes.</param>
    /// <param name="seconds">Where the source is cut.</param>
    public static string Video(string sourceHash, VideoFormat format, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Media}{EngineVersion}/video/{sourceHash}-{format.ShortSide}p{format.Fps}-{seconds:0.###}s.mp4");

    public static string Picture(string sourceHash, VideoFormat format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Media}{EngineVersion}/video/{sourceHash}-{format.ShortSide}p{format.Fps}-picture.mp4");

    public static string Speech(string sourceHash, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Media}{EngineVersion}/speech/{sourceHash}-{seconds:0.###}s.flac");

    /// <summary>A video's own sound on its normal video's clock: the rate at which that was made doesn't matter.</summary>
    public static string OwnSound(string sourceHash, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"{Media}{EngineVersion}/own-sound/{sourceHash}-{seconds:0.###}s.flac");

    public static string Faces(string videoKey) =>
        $"{Media}{EngineVersion}/faces/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(videoKey)))}";
}
