using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace LipSync.Tests.Media;

internal sealed record Answer(int StatusCode, byte[] Body, string? Location, bool HasLength)
{
    public static Answer Ok(byte[] body) => new(200, body, null, HasLength: true);

    public static Answer Unsized(byte[] body) => new(200, body, null, HasLength: false);

    public static Answer Status(int status) => new(status, [], null, HasLength: true);

    public static Answer Redirect(string location) => new(302, [], location, HasLength: true);
}

/// <summary>A web server on a free local port.</summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly Func<string, HttpListenerRequest, Answer> answer;
    private readonly Task serving;
    private int requests;

    public SourceServer(Func<string, HttpListenerRequest, Answer> answer)
    {
        this.answer = answer;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        listener.Start();
        serving = Task.Run(Serve);
    }

    public int Port { get; }

    public string Host => $"127.0.0.1:{Port}";

    public int Requests => requests;

    /// <summary>Names of all headers that were sent.</summary>
    public ConcurrentBag<string> Headers { get; } = [];

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
    }

    private async Task Serve()
    {
        while (listener.IsListening)
        {
            try
            {
                await Serve(await listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
            {
                // The client broke off, or the server stops.
            }
        }
    }

    private async Task Serve(HttpListenerContext context)
    {
        Interlocked.Increment(ref requests);
        foreach (var header in context.Request.Headers.AllKeys)
        {
            Headers.Add(header!);
        }

        var reply = answer(context.Request.Url!.AbsolutePath, context.Request);
        using var response = context.Response;
        response.StatusCode = reply.StatusCode;
        response.SendChunked = !reply.HasLength;
        if (reply.Location is { } location)
        {
            response.Headers["Location"] = location;
        }

        if (reply.HasLength)
        {
            response.ContentLength64 = reply.Body.Length;
        }

        await response.OutputStream.WriteAsync(reply.Body);
    }
}
