using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.S3;

namespace LipSync.Tests.Storage.S3;

/// <summary>A real S3 server (deploy/s3) as a process of its own on a free port, with its objects in a temporary folder. Can be stopped and started again.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string AccessKey = "lipsync-tests";
    public const string SecretKey = "the secret of the tests";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly int port = FreePort();
    private Process? process;
    private int buckets;

    public string Folder { get; } = Directory.CreateTempSubdirectory("lipsync-s3-").FullName;

    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public async Task InitializeAsync() => await Start();

    public async Task DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
    }

    public async Task Start()
    {
        var program = Path.Combine(RepositoryRoot(), "deploy", "s3", "server.js");
        process = Process.Start(new ProcessStartInfo(
            "node", ["--openssl-legacy-provider", program, Folder, port.ToString(CultureInfo.InvariantCulture), "first", AccessKey, SecretKey])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(Patience);
        if (await process.StandardOutput.ReadLineAsync(limit.Token) is not { } line || !line.StartsWith("S3 ready at ", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The S3 server did not start; the reason stands above. deploy/setup.sh --tests restores it.");
        }
    }

    /// <summary>As a power cut would.</summary>
    public async Task Stop()
    {
        process!.Kill();
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
    }

    /// <summary>An empty bucket of a test's own.</summary>
    public async Task<string> NewBucket()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"bucket-{Interlocked.Increment(ref buckets)}");
        using var client = NewClient();
        await client.PutBucketAsync(name);
        return name;
    }

    public AmazonS3Client NewClient() => new(
        new BasicAWSCredentials(AccessKey, SecretKey), new AmazonS3Config { ServiceURL = Url.AbsoluteUri, ForcePathStyle = true, AuthenticationRegion = "us-east-1" });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.LipSync.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside of their checkout.");
        }

        return folder.FullName;
    }
}

[CollectionDefinition(Name)]
public sealed class S3Collection : ICollectionFixture<S3Server>
{
    public const string Name = "S3";
}
