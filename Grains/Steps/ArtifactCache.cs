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
        await using var stream = await store.Open(key + NoteSuffix, cancellationToken);
        if (stream is null)
        {
            return null;
        }

        var note = await JsonSerializer.DeserializeAsync<Note<TInfo>>(stream, cancellationToken: cancellationToken);
        return note is not null && note.StoredAt > time.GetUtcNow() - (options.Value.KeepMedia / 2) && await store.Exists(key, cancellationToken)
            ? note.Info
            : null;
    }

    /// <summary>Stores a file, which it may move, with its note.</summary>
    public async Task Put<TInfo>(string key, string path, TInfo info, CancellationToken cancellationToken)
        where TInfo : class
    {
        await store.PutFile(key, path, cancellationToken);
        using var note = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new Note<TInfo>(time.GetUtcNow(), info)));
        await store.Put(key + NoteSuffix, note, NoteBytes, cancellationToken);
    }

    private sealed record Note<TInfo>(DateTimeOffset StoredAt, TInfo Info);
}
