using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LipSync.Storage;

namespace LipSync.Gateway.Storage.S3;

/// <summary>
/// Local copies of artifacts, each downloaded once however many want it at the same time, and kept until room is needed (the longest
/// unused goes first) or nobody has wanted it for a day; what is in use stays. A copy is known by its key and version (ETag), so that
/// it can't be stale.
/// </summary>
internal sealed class MediaCache : IDisposable
{
    private const string UnfinishedSuffix = ".unfinished";
    private const int MostProcesses = 1000;

    /// <summary>What customers delete, or the sweeper does, must not live on here for ever.</summary>
    private static readonly TimeSpan LongestUnused = TimeSpan.FromDays(1);
    private static readonly TimeSpan SweepPeriod = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Copy> copies = new(StringComparer.Ordinal);
    private readonly long capacity;
    private readonly string folder;
    private readonly FileStream held;
    private readonly TimeProvider time;
    private readonly ITimer sweep;
    private long bytes;

    public MediaCache(string folder, long capacity, TimeProvider time)
    {
        this.capacity = capacity;
        this.time = time;
        (this.folder, held) = Hold(Path.GetFullPath(folder));
        foreach (var file in new DirectoryInfo(this.folder).GetFiles().Where(file => file.FullName != held.Name))
        {
            if (file.Extension == UnfinishedSuffix)
            {
                file.Delete();
            }
            else
            {
                Add(file.Name, new(file.FullName) { Bytes = file.Length, LastUse = new(file.LastWriteTimeUtc) });
            }
        }

        sweep = time.CreateTimer(_ => Evict(), state: null, TimeSpan.Zero, SweepPeriod);
    }

    /// <summary>A local file with the artifact's bytes, which stays until it is disposed.</summary>
    /// <param name="download">Writes the file at the path that it is given. Cancelled when nobody waits for it any more.</param>
    public async Task<LocalMedia> Get(
        string key, S3ObjectHead head, Func<string, CancellationToken, Task> download, CancellationToken cancellationToken)
    {
        var copy = Take(NameOf(key, head.ETag), download);
        try
        {
            await copy.Filled.WaitAsync(cancellationToken);
        }
        catch
        {
            Release(copy);
            throw;
        }

        var used = 1;
        return new(copy.Path, () =>
        {
            if (Interlocked.Exchange(ref used, 0) == 1)
            {
                Release(copy);
            }
        });
    }

    /// <summary>Takes over a file that was just put: whoever made an artifact often needs it next.</summary>
    public void Adopt(string key, S3ObjectHead head, string path)
    {
        var name = NameOf(key, head.ETag);
        lock (gate)
        {
            if (!copies.ContainsKey(name))
            {
                var target = Path.Combine(folder, name);
                File.Move(path, target, overwrite: true);
                Add(name, new(target) { Bytes = head.Bytes, LastUse = time.GetUtcNow() });
            }
        }

        Evict();
    }

    public void Dispose()
    {
        sweep.Dispose();
        held.Dispose();
    }

    /// <summary>A folder that no other process uses: one may not delete what another's ffmpeg is about to open.</summary>
    private static (string Folder, FileStream Held) Hold(string root)
    {
        for (var number = 0; ; number++)
        {
            var own = Directory.CreateDirectory(Path.Combine(root, number.ToString(CultureInfo.InvariantCulture))).FullName;
            var mark = Path.Combine(own, "lock");
            try
            {
                return (own, new(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (number < MostProcesses && File.Exists(mark))
            {
                // Another process has it.
            }
        }
    }

    private static string NameOf(string key, string eTag) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{key}\n{eTag}"))) + Path.GetExtension(key);

    private Copy Take(string name, Func<string, CancellationToken, Task> download)
    {
        lock (gate)
        {
            if (copies.TryGetValue(name, out var copy) && copy.Filled.IsCompleted && !File.Exists(copy.Path))
            {
                Remove(name, copy); // somebody emptied the folder
                copy = null;
            }

            if (copy is null)
            {
                copy = new(Path.Combine(folder, name)) { LastUse = time.GetUtcNow() };
                Add(name, copy);
                copy.Filled = Task.Run(() => Fill(name, copy, download));
            }

            copy.Users++;
            return copy;
        }
    }

    private async Task Fill(string name, Copy copy, Func<string, CancellationToken, Task> download)
    {
        var unfinished = $"{copy.Path}-{Guid.NewGuid():N}{UnfinishedSuffix}";
        try
        {
            Directory.CreateDirectory(folder); // somebody may have tidied up
            await download(unfinished, copy.Abandoned.Token);
            lock (gate)
            {
                copy.Abandoned.Token.ThrowIfCancellationRequested();
                copy.Bytes = new FileInfo(unfinished).Length;
                bytes += copy.Bytes;
                File.Move(unfinished, copy.Path, overwrite: true);
            }
        }
        catch
        {
            lock (gate)
            {
                Remove(name, copy);
            }

            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }

            throw;
        }

        Evict();
    }

    private void Release(Copy copy)
    {
        lock (gate)
        {
            copy.LastUse = time.GetUtcNow();
            if (--copy.Users == 0 && !copy.Filled.IsCompleted)
            {
                Remove(Path.GetFileName(copy.Path), copy);
                copy.Abandoned.Cancel();
                return;
            }
        }

        Evict();
    }

    private void Add(string name, Copy copy)
    {
        copies.Add(name, copy);
        bytes += copy.Bytes;
    }

    private void Remove(string name, Copy copy)
    {
        if (copies.TryGetValue(name, out var found) && found == copy)
        {
            copies.Remove(name);
            bytes -= copy.Bytes;
        }
    }

    private void Evict()
    {
        lock (gate)
        {
            var longAgo = time.GetUtcNow() - LongestUnused;
            foreach (var (name, copy) in copies.Where(copy => copy.Value is { Users: 0, Filled.IsCompleted: true }).OrderBy(copy => copy.Value.LastUse).ToList())
            {
                if (bytes <= capacity && copy.LastUse >= longAgo)
                {
                    break;
                }

                Remove(name, copy);
                if (File.Exists(copy.Path))
                {
                    File.Delete(copy.Path);
                }
            }
        }
    }

    private sealed class Copy(string path)
    {
        public string Path { get; } = path;

        public CancellationTokenSource Abandoned { get; } = new();

        public Task Filled { get; set; } = Task.CompletedTask;

        public long Bytes { get; set; }

        public int Users { get; set; }

        public DateTimeOffset LastUse { get; set; }
    }
}
