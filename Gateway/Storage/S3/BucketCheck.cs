using System.Net;
using Amazon.S3;
using LipSync.Gateway.Hosting;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Storage.S3;

/// <summary>
/// Looks at the bucket before anything else starts. A bucket that is missing or refused is a wrong setting, and the service does not
/// start; a server that does not answer may come back: it is logged, and the service is not ready until then.
/// </summary>
public sealed partial class BucketCheck(S3MediaStore store, IOptions<MediaStoreOptions> options, ILogger<BucketCheck> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await store.Probe(limit.Token);
        }
        catch (AmazonS3Exception answer) when (Refusal(answer) is { } sentence)
        {
            throw new ConfigurationException(sentence, answer);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogSilent(exception, options.Value.S3.Bucket);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string? Refusal(AmazonS3Exception answer) => answer switch
    {
        { StatusCode: HttpStatusCode.NotFound } =>
            $"The bucket '{options.Value.S3.Bucket}' of {MediaStoreOptions.Section}:S3:Bucket does not exist. Create it, or name another.",
        { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            $"The bucket '{options.Value.S3.Bucket}' may not be used with this key ({answer.ErrorCode}). "
            + $"Check {MediaStoreOptions.Section}:S3:AccessKey and SecretKey, and what the bucket allows them.",
        { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.BadRequest } =>
            $"The bucket '{options.Value.S3.Bucket}' is refused ({answer.ErrorCode}). Check {MediaStoreOptions.Section}:S3:Region and ServiceUrl.",
        _ => null,
    };
}
