using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Storage;

/// <summary>
/// Artifacts as files of one folder. Writes go to a hidden folder of the same file system first and are renamed into place, so
/// that readers and crashes see an artifact whole or not at all.
/// </summary>
public sealed class FolderMediaStore : IMediaStore
{
    private const int BufferSize = 128 * 1024;

    private readonly string root;
    private readonly string unfinishedFolder;

    public FolderMediaStore(IOptions<MediaStoreOptions> options)
    {
        root = Path.GetFullPath(options.Value.Folder);
        unfinishedFolder = Path.Combine(root, ".unfinished");
        Directory.CreateDirectory(unfinishedFolder);
    }

    public async Task<long> Put(string key, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var target = PathOf(key);
        using var unfinished = NewUnfinished();
        long size;
        await using (var file = new FileStream(unfinished.Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous))
        {
            size = await Copy(content, file, maxBytes, cancellationToken);
            file.Flush(flushToDisk: true);
        }

        Publish(unfinished.Path, target);
        return size;
    }

    public Task PutFile(string key, string path, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var target = PathOf(key);
        using var unfinished = NewUnfinished();
        // A move between file systems copies: do that out of sight, then rename.
        File.Move(path, unfinished.Path);
        using (var file = File.OpenHandle(unfinished.Path, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(file);
        }

        Publish(unfinished.Path, target);
        return Task.CompletedTask;
    }

    public Task<Stream?> Open(string key, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                PathOf(key), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<bool> Exists(string key, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(key)));

    public Task<long?> Size(string key, CancellationToken cancellationToken) =>
        Task.FromResult<long?>(new FileInfo(PathOf(key)) is { Exists: true } file ? file.Length : null);

    public Task<LocalMedia> Materialize(string key, CancellationToken cancellationToken)
    {
        var path = PathOf(key);
        return File.Exists(path)
            ? Task.FromResult(new LocalMedia(path))
            : throw new FileNotFoundException($"There is no artifact '{key}'.", path);
    }

    public Task DeletePrefix(string prefix, CancellationToken cancellationToken)
    {
        Delete(prefix, static _ => true, cancellationToken);
        return Task.CompletedTask;
    }

    public Task<int> DeleteOlder(string prefix, DateTimeOffset before, CancellationToken cancellationToken)
    {
        // What a crash left unfinished has no key; it goes when it is old enough.
        foreach (var file in Directory.CreateDirectory(unfinishedFolder).EnumerateFiles().Where(file => file.LastWriteTimeUtc < before.UtcDateTime))
        {
            file.Delete();
        }

        return Task.FromResult(Delete(prefix, file => file.LastWriteTimeUtc < before.UtcDateTime, cancellationToken));
    }

    public Task<Uri?> PresignGet(string key, TimeSpan lifetime, string contentType, string contentDisposition, CancellationToken cancellationToken) =>
        Task.FromResult<Uri?>(null);

    public Task<Uri?> PresignPut(string key, TimeSpan lifetime, CancellationToken cancellationToken) => Task.FromResult<Uri?>(null);

    private int Delete(string prefix, Func<FileInfo, bool> condition, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(PathOf(MediaKey.FolderOf(prefix)));
        if (!folder.Exists)
        {
            return 0;
        }

        var deleted = 0;
        var start = Path.Combine(root, prefix);
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (file.FullName.StartsWith(start, StringComparison.Ordinal) && condition(file))
            {
                file.Delete();
                deleted++;
            }
        }

        RemoveEmptyFolders(folder);
        return deleted;
    }

    private static async Task<long> Copy(Stream content, FileStream file, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        var size = 0L;

        // At least: a form hands out 4 KB at a time, which would be as many writes.
        for (int read; (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)) > 0;)
        {
            size += read;
            if (size > maxBytes)
            {
                throw new MediaTooLargeException(maxBytes);
            }

            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return size;
    }

    private static void Publish(string unfinished, string target)
    {
        var folder = Path.GetDirectoryName(target)!;
        for (var attempt = 1; ; attempt++)
        {
            Directory.CreateDirectory(folder);
            try
            {
                File.Move(unfinished, target, overwrite: true);
                return;
            }
            catch (DirectoryNotFoundException) when (attempt < 5)
            {
                // A deletion next door removed the folder as empty between the two lines above.
            }
        }
    }

    private static void RemoveEmptyFolders(DirectoryInfo folder)
    {
        try
        {
            foreach (var inner in folder.EnumerateDirectories())
            {
                RemoveEmptyFolders(inner);
            }

            if (!folder.EnumerateFileSystemInfos().Any())
            {
                folder.Delete();
            }
        }
        catch (IOException)
        {
            // Something was put into it meanwhile, or another deletion was faster: either way it is no longer ours to remove.
        }
    }

    private LocalMedia NewUnfinished()
    {
        Directory.CreateDirectory(unfinishedFolder); // somebody may have emptied the store
        var path = Path.Combine(unfinishedFolder, Guid.NewGuid().ToString("N"));
        return new LocalMedia(path, () => File.Delete(path));
    }

    private string PathOf(string key) => Path.Combine(root, MediaKey.Require(key));
}
