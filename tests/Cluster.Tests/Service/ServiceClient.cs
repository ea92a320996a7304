using System.Net.Http.Headers;
using System.Text.Json;

namespace LipSync.Tests.Service;

/// <summary>A customer's program: what it sends and what it makes of the answers.</summary>
public sealed class ServiceClient(Uri url) : IDisposable
{
    public HttpClient Http { get; } = new() { BaseAddress = url };

    /// <summary>Shows this API key from now on.</summary>
    public void Authenticate(string key)
    {
        Http.DefaultRequestHeaders.Remove("X-API-Key");
        Http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    public async Task<string> Upload(string path)
    {
        using var content = new MultipartFormDataContent();
        using var file = new StreamContent(File.OpenRead(path));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Add(file, "file", "media");
        return (await ReadData(await Http.PostAsync(new Uri("/api/v1/uploads", UriKind.Relative), content))).GetProperty("url").GetString()!;
    }

    public async Task<string> Submit(object request) => (await Generate(request)).GetProperty("jobId").GetString()!;

    public async Task<JsonElement> Generate(object request)
    {
        using var content = new StringContent(JsonSerializer.Serialize(request), MediaTypeHeaderValue.Parse("application/json"));
        return await ReadData(await Http.PostAsync(new Uri("/api/v1/lipsync/generate", UriKind.Relative), content));
    }

    public async Task<JsonElement> Status(string jobId) =>
        await ReadData(await Http.GetAsync(new Uri($"/api/v1/lipsync/status/{jobId}", UriKind.Relative)));

    /// <summary>Polls the job, as clients do, until the condition holds.</summary>
    public async Task<JsonElement> Until(string jobId, Func<JsonElement, bool> condition, TimeSpan? patience = null)
    {
        using var limit = new CancellationTokenSource(patience ?? TimeSpan.FromMinutes(3));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await poll.WaitForNextTickAsync(limit.Token))
        {
            var status = await Status(jobId);
            if (condition(status))
            {
                return status;
            }
        }

        throw new TimeoutException($"Job {jobId} did not get there.");
    }

    public Task<JsonElement> UntilEnded(string jobId) =>
        Until(jobId, status => status.GetProperty("status").GetString() is "completed" or "failed");

    public void Dispose() => Http.Dispose();

    private static async Task<JsonElement> ReadData(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode
                ? JsonDocument.Parse(text).RootElement.GetProperty("data")
                : throw new InvalidOperationException($"{(int)response.StatusCode}: {text}");
        }
    }
}
