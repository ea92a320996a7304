using System.Collections.Concurrent;
using System.Globalization;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>Keeps what was made, so that it is made only once, and the files of it, until it is disposed.</summary>
internal sealed class Shelf : IDisposable
{
    private readonly ConcurrentDictionary<string, Task> made = new(StringComparer.Ordinal);
    private readonly DirectoryInfo scratch = Directory.CreateTempSubdirectory("lipsync-quality-");
    private int files;

    public Task<T> Once<T>(string key, Func<Task<T>> make) => (Task<T>)made.GetOrAdd(key, _ => make());

    public string NewFile() => Path.Combine(scratch.FullName, string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref files)}"));

    public void Dispose() => scratch.Delete(recursive: true);
}
