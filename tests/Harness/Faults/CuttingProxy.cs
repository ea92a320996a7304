using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LipSync.Tests.Faults;

/// <summary>
/// Stands between a program and its PostgreSQL server. On demand it lets a statement reach the server, waits for the server's answer,
/// and cuts the connection instead of passing it on: the change is committed, and who asked for it doesn't know.
/// </summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly int target;
    private readonly Task accepting;
    private byte[][] markers = [];
    private Func<Task> committed = () => Task.CompletedTask;
    private int armed;
    private int cut;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Answers that were withheld.</summary>
    public int Cut => Volatile.Read(ref cut);

    /// <summary>Withholds the answer to the next statement whose text and parameters contain all of these.</summary>
    /// <param name="whenCommitted">Runs when the server has answered, before who asked can learn that its connection is cut.</param>
    public void CutAfter(IEnumerable<string> texts, Func<Task> whenCommitted)
    {
        markers = [.. texts.Select(Encoding.UTF8.GetBytes)];
        committed = whenCommitted;
        Volatile.Write(ref armed, 1);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        ending.Dispose();
    }

    private async Task Accept()
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.Add(Relay(await listener.AcceptTcpClientAsync(ending.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException && ending.IsCancellationRequested)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task Relay(TcpClient client)
    {
        using (client)
        {
            using var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            using var broken = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
            var withholding = new Withholding();
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target, broken.Token);
                var (up, down) = (client.GetStream(), server.GetStream());
                await await Task.WhenAny(Requests(up, down, withholding, broken.Token), Answers(down, up, withholding, broken.Token));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                // One side hung up: so does the other.
            }

            await broken.CancelAsync();
        }
    }

    private async Task Requests(NetworkStream from, NetworkStream to, Withholding withholding, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (Volatile.Read(ref armed) > 0 && HasMarkers(buffer.AsSpan(0, read)) && Interlocked.Decrement(ref armed) >= 0)
            {
                withholding.Begun = true;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private async Task Answers(NetworkStream from, NetworkStream to, Withholding withholding, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (!withholding.Begun)
            {
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            else if (IsReady(buffer.AsSpan(0, read)))
            {
                await committed();
                Interlocked.Increment(ref cut);
                return;
            }
        }
    }

    private bool HasMarkers(ReadOnlySpan<byte> statement)
    {
        foreach (var marker in markers)
        {
            if (statement.IndexOf(marker) < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>ReadyForQuery, idle, ends every answer of the protocol: the statement is committed.</summary>
    private static bool IsReady(ReadOnlySpan<byte> answer) => answer.EndsWith((ReadOnlySpan<byte>)[(byte)'Z', 0, 0, 0, 5, (byte)'I']);

    private sealed class Withholding
    {
        public volatile bool Begun;
    }
}
