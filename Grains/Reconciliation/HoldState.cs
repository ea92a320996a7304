using LipSync.Accounts;
using LipSync.Jobs;

namespace LipSync.Reconciliation;

/// <summary>What an open hold is, compared with its job.</summary>
public enum HoldState
{
    /// <summary>Its job is worked on.</summary>
    Matched,

    /// <summary>Its job waits.</summary>
    Waiting,

    /// <summary>Its job ended and should have resolved it.</summary>
    Ended,

    /// <summary>It has no job.</summary>
    Orphaned,
}

/// <summary>The rule by which holds are judged. Pure.</summary>
public static class HoldStates
{
    /// <param name="job">Null: there is no such job in the hold's account.</param>
    public static HoldState Of(JobView? job) => job?.Status switch
    {
        null => HoldState.Orphaned,
        JobStatus.Queued => HoldState.Waiting,
        JobStatus.Processing => HoldState.Matched,
        _ => HoldState.Ended,
    };

    /// <summary>Whether a hold without a job is old enough to be given up; one from before its time was kept is.</summary>
    public static bool IsLost(OpenHold hold, TimeSpan age, DateTimeOffset now) => hold.Since is not { } since || now - since >= age;
}
