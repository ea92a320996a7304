using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LipSync.Storage;

/// <summary>Where artifacts lie in the media store. Keys follow from content, so that the same work is found again.</summary>
public static class ArtifactKeys
{
    public const string Uploads = "uploads/";

    /// <summary>Normal media and face tracks, shared by all jobs with the same source.</summary>
    public const string Media = "media/";

    public static string Job(string jobId) => $"jobs/{jobId}/";

    /// <summary>What a job needs only while it runs.</summary>
    public static string Work(string jobId) => $"jobs/{jobId}/work/";

    public static string Output(string jobId) => $"jobs/{jobId}/output.mp4";

    public static string MouthPlan(string jobId) => $"jobs/{jobId}/work/mouths";

    public static string Chunk(string jobId, int firstFrame, int frameCount) =>
        string.Create(CultureInfo.InvariantCulture, $"jobs/{jobId}/work/chunk-{firstFrame}-{frameCount}.mp4");

    /// <param name="sourceHash">Lower-case hexadecimal SHA-256 of the source's bytes.</param>
    /// <param name="seconds">Where the source is cut.</param>
    public static string Video(string sourceHash, VideoFormat format, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"media/video/{sourceHash}-{format.ShortSide}p{format.Fps}-{seconds:0.###}s.mp4");

    public static string Picture(string sourceHash, VideoFormat format) =>
        string.Create(CultureInfo.InvariantCulture, $"media/video/{sourceHash}-{format.ShortSide}p{format.Fps}-picture.mp4");

    public static string Speech(string sourceHash, double seconds) =>
        string.Create(CultureInfo.InvariantCulture, $"media/speech/{sourceHash}-{seconds:0.###}s.flac");

    public static string Faces(string videoKey) =>
        $"media/faces/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(videoKey)))}";
}
