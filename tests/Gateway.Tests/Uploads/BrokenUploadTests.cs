using System.Net.Sockets;
using System.Text;
using LipSync.Tests.Hosting;

namespace LipSync.Tests.Uploads;

/// <summary>Below what an HTTP client can be made to do.</summary>
[Collection(GatewayCollection.Name)]
public sealed class BrokenUploadTests(GatewayFixture gateway)
{
    [Fact]
    public async Task Upload_ChunkedBodyCutShort_IsInvalidAndLeavesNothing()
    {
        var before = gateway.StoredFiles.ToHashSet(StringComparer.Ordinal);

        var answer = await Send("Transfer-Encoding: chunked", "5\r\nhello\r\nnot a chunk\r\n");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"invalid_request\"", answer, StringComparison.Ordinal);
        Assert.Equal(before, gateway.StoredFiles.ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Upload_AnnouncedTooLarge_IsRefusedBeforeTheBody()
    {
        var answer = await Send("Content-Length: 100000000000", "");

        Assert.StartsWith("HTTP/1.1 413 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"body_too_large\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_HeaderWithALineBreak_SplitsNoAnswer()
    {
        var answer = await Send("Content-Length: 1\r\nX-Evil: a\rSet-Cookie: b", "x");

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", answer, StringComparison.Ordinal);
    }

    /// <summary>Sends the bytes; answers all that comes back.</summary>
    private async Task<string> Send(string headers, string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(gateway.Url.Host, gateway.Url.Port);
        await using var stream = socket.GetStream();
        var request = $"POST /api/v1/uploads HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: {gateway.World.NewAccount().Key}\r\n"
            + $"Content-Type: video/mp4\r\n{headers}\r\n\r\n{body}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
