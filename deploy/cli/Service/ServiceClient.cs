using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace LipSync.Cli.Service;

/// <summary>
/// The service's HTTP interface. Every request that changes something carries an idempotency key, so that one whose answer was lost
/// is sent again without doing it twice.
/// </summary>
public sealed class ServiceClient : IDisposable
{
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(70);

    private readonly HttpClient http;
    private readonly Uri url;

    public ServiceClient(Uri url, string keyHeader, string key)
    {
        this.url = url;
        // An upload may take as long as it likes; who waits too long presses Ctrl-C.
        http = new HttpClient { BaseAddress = new Uri(url.AbsoluteUri.TrimEnd('/') + "/api/v1/"), Timeout = Timeout.InfiniteTimeSpan };
        if (!http.DefaultRequestHeaders.TryAddWithoutValidation(keyHeader, key))
        {
            throw new UsageException($"What was given for {keyHeader} is no key.");
        }
    }

    /// <summary>The <c>data</c> of the answer to a GET.</summary>
    public Task<JsonElement> Get(string path, CancellationToken cancellationToken) =>
        Send(HttpMethod.Get, path, static () => null, cancellationToken);

    public Task<JsonElement> Post(string path, object? body, CancellationToken cancellationToken) =>
        Send(HttpMethod.Post, path, () => body is null ? null : JsonContent.Create(body), cancellationToken);

    public Task<JsonElement> Patch(string path, object body, CancellationToken cancellationToken) =>
        Send(HttpMethod.Patch, path, () => JsonContent.Create(body), cancellationToken);

    public Task<JsonElement> Delete(string path, CancellationToken cancellationToken) =>
        Send(HttpMethod.Delete, path, static () => null, cancellationToken);

    /// <summary>Uploads a file; answers the link that stands for it.</summary>
    public async Task<string> Upload(string file, CancellationToken cancellationToken)
    {
        var answer = await Send(HttpMethod.Post, "uploads", () => Form(file), cancellationToken);
        return answer.GetProperty("url").GetString()!;
    }

    /// <summary>Saves what a signed link leads to, whole or not at all.</summary>
    public static async Task Download(string link, string file, CancellationToken cancellationToken)
    {
        var draft = file + ".part";
        try
        {
            // The link opens by itself, and may lead to another server, which must not see the key.
            using var anonymous = new HttpClient();
            await using (var target = File.Create(draft))
            await using (var source = await anonymous.GetStreamAsync(new Uri(link), cancellationToken))
            {
                await source.CopyToAsync(target, cancellationToken);
            }

            File.Move(draft, file, overwrite: true);
        }
        catch (HttpRequestException e)
        {
            throw new UnavailableException($"The output could not be downloaded: {e.Message}", e);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    public void Dispose() => http.Dispose();

    private static MultipartFormDataContent Form(string file)
    {
        var part = new StreamContent(File.OpenRead(file));
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return new MultipartFormDataContent { { part, "file", Path.GetFileName(file) } };
    }

    private async Task<JsonElement> Send(HttpMethod method, string path, Func<HttpContent?> content, CancellationToken cancellationToken)
    {
        var idempotencyKey = Guid.NewGuid().ToString("N");
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = content() };
            if (method == HttpMethod.Post)
            {
                request.Headers.Add("Idempotency-Key", idempotencyKey);
            }

            TimeSpan wait;
            try
            {
                using var answer = await http.SendAsync(request, cancellationToken);
                if (attempt >= Tries || !MayTryAgain(answer, out wait))
                {
                    return await DataOf(answer, cancellationToken);
                }
            }
            catch (HttpRequestException e)
            {
                if (attempt >= Tries)
                {
                    throw new UnavailableException($"The service at {url} does not answer: {e.Message}", e);
                }

                wait = Pause;
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    /// <summary>Too many requests, out of order for a moment, or the same request is still at work: the service says when to come again.</summary>
    private static bool MayTryAgain(HttpResponseMessage answer, out TimeSpan wait)
    {
        wait = answer.Headers.RetryAfter?.Delta ?? Pause;
        return wait <= LongestWait
            && (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
                || (answer.StatusCode is HttpStatusCode.Conflict && answer.Headers.RetryAfter is not null));
    }

    private async Task<JsonElement> DataOf(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        JsonElement body;
        try
        {
            body = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        }
        catch (JsonException e)
        {
            throw new UnavailableException($"What answers at {url} is no LipSync service ({(int)answer.StatusCode}).", e);
        }

        if (answer.IsSuccessStatusCode && body.ValueKind == JsonValueKind.Object && body.TryGetProperty("data", out var data))
        {
            return data;
        }

        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("code", out var code) || !body.TryGetProperty("error", out var error))
        {
            throw new UnavailableException($"What answers at {url} is no LipSync service ({(int)answer.StatusCode}).");
        }

        throw answer.StatusCode >= HttpStatusCode.InternalServerError
            ? new UnavailableException($"{error.GetString()} ({code.GetString()})")
            : new RefusedException(code.GetString()!, error.GetString()!);
    }
}
