using Microsoft.Net.Http.Headers;

namespace LipSync.Gateway.Media;

/// <summary>How browsers treat an artifact that they open.</summary>
public static class Downloads
{
    /// <summary>The value of <c>Content-Disposition</c>: media is shown, everything else only saved.</summary>
    public static string DispositionOf(string key)
    {
        var isMedia = ContentTypes.OfName(key) != ContentTypes.Unknown;
        return new ContentDispositionHeaderValue(isMedia ? "inline" : "attachment") { FileName = NameOf(key) }.ToString();
    }

    /// <summary><c>jobs/job_1/7/output.mp4</c> is saved as <c>job_1.mp4</c>: the folder says more than the file.</summary>
    private static string NameOf(string key)
    {
        var segments = key.Split('/');
        return segments is ["jobs", var job, .., var file] ? job + Path.GetExtension(file) : segments[^1];
    }
}
