using System.Text.Json;
using LipSync.Jobs;
using LipSync.Storage;

namespace LipSync.Gateway.Reports;

/// <summary>Reads reports from the media store: they are too large for a job's record, and only completed jobs have one.</summary>
public sealed class ReviewReader(IMediaStore store)
{
    /// <summary>Null where there is none, or it was deleted with its video.</summary>
    public async Task<Review?> Read(ReviewKeys? keys, CancellationToken cancellationToken)
    {
        await using var json = keys is null ? null : await store.Open(keys.ReportKey, cancellationToken);
        return json is null ? null : await JsonSerializer.DeserializeAsync<Review>(json, JsonSerializerOptions.Web, cancellationToken);
    }
}
