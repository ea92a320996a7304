using System.Text.Json;
using LipSync.Media;
using LipSync.Storage;
using Microsoft.Extensions.Options;

namespace LipSync.Steps;

/// <summary>
/// Artifacts that jobs share, each with a note of what is in it. The note is written last, so what has a note is whole.
/// </summary>
public sealed class ArtifactCache(IMediaStore store, IOptions<SweepOptions> options, TimeProvider time)
{
    private const string NoteSuffix = ".json";
    private const long NoteBytes = 64 * 1024;

    /// <summary>
    /// What is known about an artifact; null: it must be made. One past half of its life is made anew, so that none is swept away
    /// under a running job.
    /// </summary>
    public async Task<TInfo?> Find<TInfo>(string key, CancellationToken cancellationToken)
        where TInfo : class
    {
        var note = await Read<TInfo>(key + NoteSuffix, cancellationToken);
        if (note is null || note.StoredAt <= time.GetUtcNow() - (options.Value.KeepMedia / 2))
        {
            return null;
        }

        return await store.Size(key, cancellationToken) == note.Bytes ? note.Info : null;
    }

    /// <summary>Stores a file, which it may move, with its note.</summary>
    public async Task Put<TInfo>(string key, string path, TInfo info, CancellationToken cancellationToken)
        where TInfo : class
    {
        var bytes = new FileInfo(path).Length;
        await store.PutFile(key, path, cancellationToken);
        using var note = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new Note<TInfo>(time.GetUtcNow(), bytes, info)));
        await store.Put(key + NoteSuffix, note, NoteBytes, cancellationToken);
    }

    /// <summary>Null where there is no note, or one that can't be read: then the artifact is made anew, and its note with it.</summary>
    private async Task<Note<TInfo>?> Read<TInfo>(string key, CancellationToken cancellationToken)
    {
        await using var stream = await store.Open(key, cancellationToken);
        try
        {
            return stream is null ? null : await JsonSerializer.DeserializeAsync<Note<TInfo>>(stream, cancellationToken: cancellationToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Bytes">The artifact's length: a file of another length is damaged.</param>
    private sealed record Note<TInfo>(DateTimeOffset StoredAt, long Bytes, TInfo Info);
}
