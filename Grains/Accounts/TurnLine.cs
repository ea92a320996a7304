namespace LipSync.Accounts;

/// <summary>
/// An account's jobs that wait for one of its places, first come, first served. In memory only: jobs that wait ask again, so a line
/// that is lost forms anew. Pure.
/// </summary>
public sealed class TurnLine
{
    /// <summary>Places are counted so far: a line of 100,000 must answer as fast as a short one.</summary>
    public const int FurthestPlace = 1000;

    /// <summary>A job that was called this long ago and did not come is gone: it keeps nobody waiting. One that lives asks again sooner.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly LinkedList<Waiting> line = new();
    private readonly Dictionary<string, LinkedListNode<Waiting>> places = new(StringComparer.Ordinal);

    public int Count => line.Count;

    /// <summary>True: fewer jobs are in front than there are free places, and the job left the line. False: it waits in it.</summary>
    public bool TryTake(string jobId, int free)
    {
        if (!places.TryGetValue(jobId, out var place))
        {
            places.Add(jobId, place = line.AddLast(new Waiting(jobId)));
        }

        place.Value.Called = null; // it came
        if (!line.Take(free).Contains(place.Value))
        {
            return false;
        }

        Leave(jobId);
        return true;
    }

    public void Leave(string jobId)
    {
        if (places.Remove(jobId, out var place))
        {
            line.Remove(place);
        }
    }

    /// <summary>As many of the longest waiting as there are free places: each is told to come. Who did not come before loses his place.</summary>
    public IReadOnlyList<string> Call(int free, DateTimeOffset now)
    {
        foreach (var gone in line.Take(free).Where(waiting => now - waiting.Called >= Patience).ToList())
        {
            Leave(gone.JobId);
        }

        var called = line.Take(free).ToList();
        foreach (var waiting in called)
        {
            waiting.Called ??= now;
        }

        return [.. called.Select(waiting => waiting.JobId)];
    }

    /// <summary>Jobs in front of this one, counted up to <see cref="FurthestPlace"/>; null: it does not wait.</summary>
    public int? Place(string jobId) => places.TryGetValue(jobId, out var place)
        ? line.Take(FurthestPlace).TakeWhile(waiting => waiting != place.Value).Count()
        : null;

    private sealed class Waiting(string jobId)
    {
        public string JobId { get; } = jobId;

        /// <summary>When it was told to come; null: it was not, or it came.</summary>
        public DateTimeOffset? Called { get; set; }
    }
}
