using Amazon;
using Amazon.Runtime;
using Amazon.S3;

namespace LipSync.Gateway.Storage.S3;

/// <summary>Makes the client of Amazon's library as the options want it.</summary>
internal static class S3Clients
{
    public static AmazonS3Client Create(S3Options options)
    {
        var config = new AmazonS3Config
        {
            AuthenticationRegion = options.Region,
            ForcePathStyle = options.ForcePathStyle,
            RetryMode = RequestRetryMode.Standard,
            MaxErrorRetry = options.Retries,

            // By default the library sends checksums that only Amazon and the newest of the others understand. Ours are older: see S3Bucket.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            HttpClientFactory = new TimedClients(options.RequestTimeout),
        };
        if (options.ServiceUrl is { } url)
        {
            config.ServiceURL = url.AbsoluteUri;
        }
        else
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        }

        return options.AccessKey.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config)
            : new AmazonS3Client(config);
    }

    /// <summary>The library's own time-out is not for asynchronous requests.</summary>
    private sealed class TimedClients(TimeSpan timeout) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Timed(timeout)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private sealed class Timed(TimeSpan timeout) : DelegatingHandler(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(timeout);
            try
            {
                return await base.SendAsync(request, limit.Token);
            }
            catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
            {
                // What the library takes for a broken connection and tries again.
                throw new HttpRequestException($"No answer within {timeout.TotalSeconds:0.#} s.", exception);
            }
        }
    }
}
