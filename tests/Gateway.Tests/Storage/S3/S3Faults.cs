using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace LipSync.Tests.Storage.S3;

/// <summary>
/// Stands between a store and its S3 server and does to requests what networks and servers do. It keeps the Host header, which
/// signatures cover.
/// </summary>
public sealed class S3Faults(Uri server) : IAsyncLifetime
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly ConcurrentQueue<Fault> faults = new();
    private readonly ConcurrentQueue<string> requests = new();
    private WebApplication? app;

    public Uri Url => new(app!.Urls.Single());

    /// <summary>What arrived: <c>GET /bucket/key?query</c>.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        app = builder.Build();
        app.Run(Handle);
        await app.StartAsync();
    }

    /// <summary>The server never hears of the request.</summary>
    public Fault Answer(HttpStatusCode status, int times, Func<HttpRequest, bool> match) => Add(match, times, async (context, _) =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.StatusCode = (int)status;
    });

    /// <summary>The request never gets an answer.</summary>
    public Fault Hang(int times, Func<HttpRequest, bool> match) => Add(match, times, async (context, _) =>
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    /// <summary>The server does what it is asked, and the connection is cut before its answer.</summary>
    public Fault LoseAnswer(int times, Func<HttpRequest, bool> match) => Add(match, times, async (context, forward) =>
    {
        using (await forward())
        {
            context.Abort();
        }
    });

    /// <summary>The connection is cut after so many bytes of the answer's body.</summary>
    public Fault CutAnswer(int afterBytes, int times, Func<HttpRequest, bool> match) => Add(match, times, async (context, forward) =>
    {
        using var answer = await forward();
        CopyHead(answer, context.Response);
        var bytes = new byte[afterBytes];
        await using var body = await answer.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(bytes);
        await context.Response.Body.WriteAsync(bytes);
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    public async Task DisposeAsync() => await app!.DisposeAsync();

    private Fault Add(Func<HttpRequest, bool> match, int times, Func<HttpContext, Func<Task<HttpResponseMessage>>, Task> act)
    {
        var fault = new Fault(match, times, act);
        faults.Enqueue(fault);
        return fault;
    }

    private async Task Handle(HttpContext context)
    {
        requests.Enqueue($"{context.Request.Method} {RawTarget(context)}");
        if (faults.FirstOrDefault(fault => fault.TryFire(context.Request)) is { } fault)
        {
            await fault.Act(context, () => Forward(context));
            return;
        }

        using var answer = await Forward(context);
        CopyHead(answer, context.Response);
        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private async Task<HttpResponseMessage> Forward(HttpContext context)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), server.GetLeftPart(UriPartial.Authority) + RawTarget(context));
        if (context.Request.ContentLength is not null)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
    }

    private static void CopyHead(HttpResponseMessage answer, HttpResponse response)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            response.Headers[name] = new StringValues([.. values]);
        }
    }

    private static string RawTarget(HttpContext context) => context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>One kind of misfortune, for the next requests that match.</summary>
    public sealed class Fault(Func<HttpRequest, bool> match, int times, Func<HttpContext, Func<Task<HttpResponseMessage>>, Task> act)
    {
        private int fired;

        /// <summary>How many requests it has met.</summary>
        public int Fired => Math.Min(fired, times);

        internal Func<HttpContext, Func<Task<HttpResponseMessage>>, Task> Act { get; } = act;

        internal bool TryFire(HttpRequest request) => match(request) && Interlocked.Increment(ref fired) <= times;
    }
}
