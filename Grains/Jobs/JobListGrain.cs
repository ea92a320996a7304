using Orleans.Concurrency;

namespace LipSync.Jobs;

/// <summary>Any number of them answer at once: they hold nothing.</summary>
[GrainType("job-list")]
[StatelessWorker]
public sealed class JobListGrain(IJobProjection projection) : Grain, IJobListGrain
{
    public async Task<JobPage> List(JobQuery query)
    {
        // One more than wanted tells whether another page follows.
        var jobs = await projection.List(query with { Limit = query.Limit + 1 }, CancellationToken.None);
        if (jobs.Length <= query.Limit)
        {
            return new(jobs, Next: null);
        }

        var page = jobs[..query.Limit];
        return new(page, new(page[^1].CreatedAt, page[^1].JobId));
    }
}
