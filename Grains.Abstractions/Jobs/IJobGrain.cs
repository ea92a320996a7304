using LipSync.Dispatch;
using Orleans.Concurrency;

namespace LipSync.Jobs;

/// <summary>One job from submit to its end. Its key is the job id (<see cref="JobId"/>).</summary>
[Alias("LipSync.IJobGrain")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>
    /// Holds the credits and starts the job. Submitting the same job again answers the same. Throws where the account gives no
    /// answer in time: the job goes on asking for its credits and starts when it has them, unless it is withdrawn.
    /// </summary>
    [Alias("Submit")]
    Task<SubmitResult> Submit(JobSpec spec);

    /// <summary>What the customer may see, or null where this account has no such job.</summary>
    [Alias("Describe")]
    Task<JobView?> Describe(string accountId);

    /// <summary>
    /// A slot has leased an item and asks what to do. Null: the item is no longer wanted (already done, or the job ended).
    /// </summary>
    [Alias("BeginItem")]
    Task<WorkOrder?> BeginItem(WorkItemId item, long fence);

    /// <summary>How far the item is, 0-1. False: the item was taken from this slot or the job ended; stop working on it.</summary>
    [Alias("ReportProgress")]
    Task<bool> ReportProgress(WorkItemId item, long fence, double fraction);

    /// <summary>The item is done or has failed. A late report by a slot that lost its lease (lower fence) is refused with false.</summary>
    [Alias("FinishItem")]
    Task<bool> FinishItem(ItemOutcome outcome);

    /// <summary>
    /// The slot gives an item back through no fault of the item: it drains, or its lease was lost. The attempt doesn't count. A
    /// later holder's attempt is left as it is.
    /// </summary>
    [Alias("ReturnItem")]
    Task ReturnItem(WorkItemId item, long fence);

    /// <summary>Ends the job at its customer's wish; its slots stop within about a second, its credits are free again.</summary>
    [Alias("Cancel")]
    Task<CancelResult> Cancel(string accountId);

    /// <summary>
    /// Ends a job whose submitter was told that it is not accepted, wherever its submission got to: one that arrives later starts
    /// nothing. A job that has ended stays as it is.
    /// </summary>
    [Alias("Withdraw")]
    Task Withdraw(JobSpec spec);

    /// <summary>Takes the job away with all that it made; one that runs is cancelled first. False: this account has no such job.</summary>
    [Alias("Delete")]
    Task<bool> Delete(string accountId);

    /// <summary>Deletes the output of a job whose <see cref="JobView.OutputExpiresAt"/> has come; changes nothing before that.</summary>
    [Alias("Expire")]
    Task Expire();

    /// <summary>Performs what a crash left in the outbox and offers unfinished items to the queue again.</summary>
    [Alias("Resume")]
    Task Resume();

    /// <summary>Its account has a place for the job, which asks for it (<see cref="Accounts.IAccountGrain.RequestTurn"/>). May be lost.</summary>
    [Alias("TakeTurn"), OneWay]
    Task TakeTurn();
}
