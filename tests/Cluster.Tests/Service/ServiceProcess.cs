using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using LipSync.Silo.Storage.Sqlite;

namespace LipSync.Tests.Service;

/// <summary>The service as users run it: a process of its own, on a free port, with its data in a temporary folder.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> settings;
    private Process? process;

    public ServiceProcess(Dictionary<string, string>? settings = null)
    {
        this.settings = settings ?? new(StringComparer.Ordinal);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        Http = new HttpClient { BaseAddress = Url };
    }

    public Uri Url { get; }

    public HttpClient Http { get; }

    public string Data { get; } = Directory.CreateTempSubdirectory("lipsync-service-").FullName;

    public async Task Start()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SqliteDatabase).Assembly.Location])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = Url.ToString(), ["LipSync__Data__Folder"] = Data },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        process = Process.Start(start)!;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = new List<string>();
        process.OutputDataReceived += (_, line) =>
        {
            lock (output)
            {
                output.Add(line.Data ?? "(end of output)");
            }

            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException($"The service ended before it was ready:\n{string.Join('\n', output)}"));
            }
            else if (line.Data.StartsWith("LipSync ready at ", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await ready.Task.WaitAsync(Patience);

        Key = (await File.ReadAllTextAsync(Path.Combine(Data, "dev-api-key"))).Trim();
        Http.DefaultRequestHeaders.Remove("X-API-Key");
        Http.DefaultRequestHeaders.Add("X-API-Key", Key);
    }

    public string Key { get; private set; } = "";

    /// <summary>Ends the process as a power cut would: kill -9.</summary>
    public async Task Kill()
    {
        process!.Kill(entireProcessTree: false);
        await process.WaitForExitAsync().WaitAsync(Patience);
    }

    /// <summary>Asks the process to stop, as an operator would, and answers its exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
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

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await Kill();
        }

        process?.Dispose();
        Http.Dispose();
        Directory.Delete(Data, recursive: true);
    }

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
