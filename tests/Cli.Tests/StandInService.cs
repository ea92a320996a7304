using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LipSync.Tests;

/// <summary>A service that answers what a test tells it to, and remembers what it was asked.</summary>
public sealed class StandInService : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Queue<IResult>> answers = new(StringComparer.Ordinal);

    private StandInService(WebApplication app) => this.app = app;

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public string Url => app.Urls.Single();

    public static async Task<StandInService> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var service = new StandInService(builder.Build());
        service.app.Run(service.Answer);
        await service.app.StartAsync();
        return service;
    }

    /// <summary>The answers to requests like <c>GET /api/v1/account</c>, one after the other; the last one stays.</summary>
    public void On(string request, params IResult[] results) => answers[request] = new(results);

    public static IResult Data(object data, int status = 200) => Results.Json(new { success = true, data }, statusCode: status);

    public static IResult Refusal(int status, string code, string error) =>
        Results.Json(new { success = false, code, error }, contentType: "application/problem+json", statusCode: status);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        var request = $"{context.Request.Method} {context.Request.Path}";
        using var reader = new StreamReader(context.Request.Body);
        Requests.Enqueue(new(request, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)));
        var results = answers[request];
        await (results.Count > 1 ? results.Dequeue() : results.Peek()).ExecuteAsync(context);
    }
}

public sealed record Asked(string Request, string Body, IReadOnlyDictionary<string, string> Headers);
