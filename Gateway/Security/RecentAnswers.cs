using Microsoft.Extensions.Caching.Memory;

namespace LipSync.Gateway.Security;

/// <summary>
/// Grains' answers that a gateway goes on with for <see cref="Lifetime"/>: who calls again and again shows the same key or session
/// each time. "There is none" is not remembered, so that what is new works at once.
/// </summary>
public sealed class RecentAnswers<T>(TimeProvider time) : IDisposable
    where T : class
{
    /// <summary>How long a gateway may be wrong.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>How long it remembers that there was an answer.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    private const int MostAnswers = 10_000;

    private readonly MemoryCache answers = new(new MemoryCacheOptions { SizeLimit = MostAnswers });

    public async ValueTask<T?> Get(string question, Func<string, Task<T?>> ask)
    {
        if (answers.TryGetValue(question, out Answer? seen) && time.GetElapsedTime(seen!.At) < Lifetime)
        {
            return seen.Value;
        }

        // Counted from before the question: the answer may already be that old when it comes.
        var asked = time.GetTimestamp();
        if (await ask(question) is not { } value)
        {
            answers.Remove(question);
            return null;
        }

        answers.Set(question, new Answer(value, asked), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Memory });
        return value;
    }

    /// <summary>Whether there was an answer when it was last asked, however long ago.</summary>
    public bool Knows(string question) => answers.TryGetValue(question, out _);

    public void Forget(string question) => answers.Remove(question);

    public void Dispose() => answers.Dispose();

    private sealed record Answer(T Value, long At);
}
