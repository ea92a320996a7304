using Orleans.Configuration;

namespace LipSync.Silo.Cluster;

/// <summary>How soon a silo that is gone is noticed: about 3 s after kill -9, about 10 s where it stands still with its connections open.</summary>
public static class MembershipTiming
{
    public static void Apply(ClusterMembershipOptions options)
    {
        // Silos ask each other this often, and after so many unanswered questions in a row one suspects the other.
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;

        // Changes are told directly; this is how soon a silo learns of them that missed the telling.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);

        // Who missed three is not waited for by a silo that starts: after a power cut, all that were there before.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(4);
    }

    public static void Apply(GrainDirectoryOptions options)
    {
        // By default a dead silo's grains stay away for half a minute, in case it only stood still and still has them. Here they come
        // to life elsewhere at once: records are guarded by their versions and items by their fences, so the second of two leaves no trace.
        options.RangeLeaseDuration = TimeSpan.Zero;
    }
}
