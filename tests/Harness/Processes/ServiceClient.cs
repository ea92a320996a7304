using System.Net.Http.Headers;
using System.Text.Json;

namespace LipSync.Tests.Processes;

/// <summary>A customer's program: what it sends and what it makes of the answers.</summary>
/// <param name="urls">The service's gateways: where one can't be reached, the next request goes to the next.</param>
public sealed class ServiceClient(params IReadOnlyList<Uri> urls) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public HttpClient Http { get; } = new(new NextGateway(urls)) { BaseAddress = urls[0], Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>Shows this API key from now on.</summary>
    public void Authenticate(string key)
    {
        Http.DefaultRequestHeaders.Remove("X-API-Key");
        Http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    public async Task<string> Upload(string path)
    {
        await using var file = File.OpenRead(path);
        return await Upload(file);
    }

    public async Task<string> Upload(Stream media)
    {
        using var content = new MultipartFormDataContent();
        using var file = new StreamContent(media);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(file, "file", "media");
        return (await Data(await Http.PostAsync(new Uri("/api/v1/uploads", UriKind.Relative), content))).GetProperty("url").GetString()!;
    }

    public async Task<string> Submit(object request) => (await Generate(request)).GetProperty("jobId").GetString()!;

    public async Task<JsonElement> Generate(object request) => await Data(await Post("/api/v1/lipsync/generate", request));

    /// <summary>The answer as it is, whatever its status.</summary>
    public async Task<HttpResponseMessage> Post(string path, object body, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative))
        {
            Content = new StringContent(JsonSerializer.Serialize(body), MediaTypeHeaderValue.Parse("application/json")),
        };
        foreach (var (name, value) in headers)
        {
            message.Headers.Add(name, value);
        }

        return await Http.SendAsync(message);
    }

    public async Task<JsonElement> Status(string jobId) =>
        await Data(await Http.GetAsync(new Uri($"/api/v1/lipsync/status/{jobId}", UriKind.Relative)));

    /// <summary>Polls the job, as clients do, until the condition holds. A gateway that is away meanwhile is asked again.</summary>
    public async Task<JsonElement> Until(string jobId, Func<JsonElement, bool> condition, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? Patience);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        JsonElement? last = null;
        try
        {
            while (await poll.WaitForNextTickAsync(limit.Token))
            {
                using var response = await TryGet($"/api/v1/lipsync/status/{jobId}");
                if (response is { IsSuccessStatusCode: true })
                {
                    last = JsonDocument.Parse(await response.Content.ReadAsStringAsync(limit.Token)).RootElement.GetProperty("data");
                    if (condition(last.Value))
                    {
                        return last.Value;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told below, with what was seen last.
        }

        throw new TimeoutException($"Job {jobId} did not get there; it was last seen as {last}.");
    }

    public Task<JsonElement> UntilEnded(string jobId, TimeSpan? patience = null) =>
        Until(jobId, status => status.GetProperty("status").GetString() is "completed" or "failed" or "cancelled", patience);

    public static async Task<JsonElement> Data(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(text).RootElement.GetProperty("data")
                : throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
        }
    }

    public void Dispose() => Http.Dispose();

    private sealed class NextGateway(IReadOnlyList<Uri> urls) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int current;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var chosen = Volatile.Read(ref current);
            if (request.RequestUri!.Authority == urls[0].Authority)
            {
                request.RequestUri = new(urls[chosen], request.RequestUri.PathAndQuery);
            }

            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException)
            {
                Interlocked.CompareExchange(ref current, (chosen + 1) % urls.Count, chosen);
                throw;
            }
        }
    }

    private async Task<HttpResponseMessage?> TryGet(string path)
    {
        try
        {
            return await Http.GetAsync(new Uri(path, UriKind.Relative));
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
