using LipSync.Dispatch;
using LipSync.Jobs;

namespace LipSync.Tests.Dispatch;

public sealed class QueueShardsTests
{
    [Fact]
    public void ShardOf_ManyJobs_SpreadsThemEvenly()
    {
        var counts = new int[8];
        for (var job = 0; job < 8000; job++)
        {
            counts[QueueShards.ShardOf(JobId.New(DateTimeOffset.UnixEpoch.AddSeconds(job)), counts.Length)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void ShardOf_KnownJob_IsTheSameInEveryProcess() =>
        Assert.Equal(1, QueueShards.ShardOf("job_0123456789abcdef0123456789abcdef", 8));
}
