using System.Net;
using System.Net.Http.Headers;

namespace LipSync.Tests.Service;

/// <summary>A body without an end, just fast enough that no server may call it stalled.</summary>
public sealed class TricklingContent : HttpContent
{
    private readonly TaskCompletionSource began = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TricklingContent() => Headers.ContentType = new MediaTypeHeaderValue("video/mp4");

    /// <summary>Completes when the first bytes are on their way.</summary>
    public Task Began => began.Task;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await timer.WaitForNextTickAsync())
        {
            await stream.WriteAsync(new byte[1024]);
            await stream.FlushAsync();
            began.TrySetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
