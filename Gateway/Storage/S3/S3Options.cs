namespace LipSync.Gateway.Storage.S3;

/// <summary>Configuration section <c>LipSync:Media:S3</c>.</summary>
public sealed class S3Options
{
    /// <summary>The server's address, such as <c>https://s3.example.com:9000</c>; empty: Amazon's of the region.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>The region that requests are signed for; servers of one's own mostly take any.</summary>
    public string Region { get; set; } = "us-east-1";

    /// <summary>The bucket. It must exist and hold nothing but this service's artifacts.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Empty: the key comes from where Amazon's tools look for it (environment, profile, role of the machine).</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>Belongs to <see cref="AccessKey"/>.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Whether the bucket stands in the path of URLs (most servers) or before the host name.</summary>
    public bool ForcePathStyle { get; set; } = true;

    /// <summary>Whether links to finished videos, and those to put uploads to, lead to the server itself, which clients must then reach at <see cref="ServiceUrl"/>.</summary>
    public bool DirectLinks { get; set; }

    /// <summary>Where downloaded artifacts are kept for the next item that needs them.</summary>
    public string CacheFolder { get; set; } = ".lipsync/media-cache";

    /// <summary>How much is kept there, in bytes; what is in use may exceed it.</summary>
    public long CacheBytes { get; set; } = 20_000_000_000;

    /// <summary>Bytes of a part of a multipart upload, and the memory of each upload. What is smaller is sent in one request.</summary>
    public int PartBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>How long one request, with at most <see cref="PartBytes"/>, may take to be answered; and how long an answer may pause.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request that failed is sent again.</summary>
    public int Retries { get; set; } = 4;
}
