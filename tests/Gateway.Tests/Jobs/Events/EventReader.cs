namespace LipSync.Tests.Jobs.Events;

public readonly record struct ServerEvent(string Id, string Event, string Data);

/// <summary>Reads server-sent events as a client does; while it waits for one, it lets time pass.</summary>
public sealed class EventReader(HttpResponseMessage response, Stream stream, Func<Task> letTimePass) : IAsyncDisposable
{
    private readonly StreamReader reader = new(stream);

    /// <summary>The next event, comments aside.</summary>
    public async Task<ServerEvent> Next()
    {
        string? line;
        do
        {
            line = await Line();
        }
        while (line is [':', ..] or "");

        var next = new ServerEvent(Value("id", line), Value("event", await Line()), Value("data", await Line()));
        Assert.Equal("", await Line());
        return next;
    }

    /// <summary>The next line; null: the stream has ended.</summary>
    public async Task<string?> Line()
    {
        var reading = reader.ReadLineAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!reading.IsCompleted)
        {
            await timer.WaitForNextTickAsync(limit.Token);
            await letTimePass();
        }

        return await reading;
    }

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Value(string field, string? line)
    {
        Assert.StartsWith($"{field}: ", line, StringComparison.Ordinal);
        return line![(field.Length + 2)..];
    }
}
