using System.Net;
using System.Net.Sockets;
using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Steps;
using LipSync.Storage;
using Microsoft.Extensions.Options;
using Microsoft.Security.AntiSSRF;

namespace LipSync.Media;

/// <summary>
/// Brings a customer's source to a local file before anything looks into it. Refusals name the input and never tell what lies
/// behind a forbidden address.
/// </summary>
public sealed class SourceFetcher(FetchClients clients, IMediaStore store, IOptions<FetchOptions> options, TimeProvider time)
{
    private const int MaxRedirects = 3;
    private const int BufferBytes = 128 * 1024;

    /// <summary>The speech of a job.</summary>
    public Task<LocalMedia> FetchSpeech(MediaSource source, PlanLimits limits, StepContext context, CancellationToken cancellationToken) =>
        Fetch("audioUrl", source, limits.LargestUploadBytes, context.File("speech-source"), cancellationToken);

    /// <summary>The video or picture of a job.</summary>
    public Task<LocalMedia> FetchVisual(InputType type, MediaSource source, PlanLimits limits, StepContext context, CancellationToken cancellationToken) =>
        Fetch(type is InputType.Image ? "imageUrl" : "videoUrl", source, limits.LargestUploadBytes, context.File("visual-source"), cancellationToken);

    /// <param name="input">The request's field, for the sentence of a refusal.</param>
    /// <param name="maxBytes">The plan's largest file.</param>
    /// <param name="path">Where a download is written. An upload is read where it lies.</param>
    /// <exception cref="MediaRefusedException"><c>fetch_failed</c>, <c>fetch_forbidden_address</c> or <c>fetch_too_large</c>.</exception>
    public Task<LocalMedia> Fetch(string input, MediaSource source, long maxBytes, string path, CancellationToken cancellationToken) => source switch
    {
        { UploadKey: { } key } => FindUpload(input, key, maxBytes, cancellationToken),
        { Url: { } url } => Download(input, url, maxBytes, path, cancellationToken),
        _ => throw new ArgumentException("A source is a URL or an upload.", nameof(source)),
    };

    private async Task<LocalMedia> FindUpload(string input, string key, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            // Before it is brought here: what comes straight to an object store has met no limit yet.
            return await store.Size(key, cancellationToken) > maxBytes
                ? throw TooLarge(input, maxBytes)
                : await store.Materialize(key, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            throw Failed(input, "the upload is no longer there; uploads are kept for a limited time. Upload the file again");
        }
    }

    private async Task<LocalMedia> Download(string input, string url, long maxBytes, string path, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(options.Value.StallTimeout, time);
        using var total = new CancellationTokenSource(options.Value.Timeout, time);
        using var limits = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token, total.Token);
        try
        {
            using var response = await Get(input, ToUrl(input, url), limits.Token);
            if (response.Content.Headers.ContentLength > maxBytes)
            {
                throw TooLarge(input, maxBytes);
            }

            await using var body = await response.Content.ReadAsStreamAsync(limits.Token);
            await Save(input, body, maxBytes, path, stall, limits.Token);
            return new(path);
        }
        catch (Exception exception) when (IsForbidden(exception))
        {
            throw new MediaRefusedException(
                "fetch_forbidden_address", $"{input}: this address may not be fetched from. Use a public http or https URL, or upload the file.");
        }
        catch (UriFormatException)
        {
            // Some faults of an address show only when its host is read, or when a redirect is resolved against it.
            throw NoUrl(input);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException or SocketException)
        {
            throw Failed(input, "the server could not be reached, or broke off. Check the URL");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(input, "the server was too slow");
        }
    }

    private async Task<HttpResponseMessage> Get(string input, Uri url, CancellationToken cancellationToken)
    {
        for (var hops = 0; ; hops++)
        {
            var response = await clients.For(url).GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
                {
                    throw Failed(input, $"the server answered with status {(int)response.StatusCode}");
                }

                if (hops == MaxRedirects)
                {
                    throw Failed(input, $"the server redirected more than {MaxRedirects} times");
                }

                url = ToUrl(input, new Uri(url, location).AbsoluteUri);
            }
        }
    }

    /// <param name="stall">Put off whenever bytes arrive, so that it fires only where a server falls silent.</param>
    private async Task Save(
        string input, Stream content, long maxBytes, string path, CancellationTokenSource stall, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferBytes];
        long total = 0;
        while (await Read(content, buffer, cancellationToken) is var read and > 0)
        {
            total += read;
            if (total > maxBytes)
            {
                throw TooLarge(input, maxBytes);
            }

            stall.CancelAfter(options.Value.StallTimeout);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    // A source that breaks off is the source's fault; a file that can't be written is ours.
    private static async ValueTask<int> Read(Stream content, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await content.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException exception)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, exception.Message, exception);
        }
    }

    private static Uri ToUrl(string input, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? url
            : throw NoUrl(input);

    private static bool IsRedirect(HttpStatusCode status) => status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found
        or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    /// <summary>The library answers some odd notations of 0.0.0.0 with an ArgumentException.</summary>
    private static bool IsForbidden(Exception exception) =>
        exception is AntiSSRFException or ArgumentException || exception.InnerException is AntiSSRFException or ArgumentException;

    private static MediaRefusedException Failed(string input, string why) => new("fetch_failed", $"{input}: {why}.");

    private static MediaRefusedException NoUrl(string input) => Failed(input, "only valid http and https URLs can be fetched");

    private static MediaRefusedException TooLarge(string input, long maxBytes) =>
        new("fetch_too_large", $"{input}: the file is larger than the plan's {maxBytes / 1_000_000} MB.");
}
