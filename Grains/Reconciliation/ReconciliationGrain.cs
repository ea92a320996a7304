using LipSync.Accounts;
using LipSync.Jobs;
using LipSync.Statements;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LipSync.Reconciliation;

/// <summary>
/// A pass takes as long as it takes and runs from a timer: no call waits for it. It changes nothing that it could get wrong: jobs
/// that ended resolve their holds themselves, and only a hold that has had no job for long expires.
/// </summary>
[GrainType("reconciliation")]
public sealed partial class ReconciliationGrain(
    IAccountProjection accounts,
    ILedgerProjection entries,
    CreditMetrics metrics,
    IOptions<ReconciliationOptions> options,
    TimeProvider time,
    ILogger<ReconciliationGrain> logger) : Grain, IReconciliationGrain, IRemindable
{
    private const string Reminder = "reconcile";
    private const int PageLength = 100;
    private static readonly TimeSpan FirstPass = TimeSpan.FromMinutes(1);

    private IGrainTimer? pass;
    private ReconciliationReport? latest;

    /// <summary>Registering it again sets its time anew: it comes soon, or would never where some silo starts more often than its period.</summary>
    public Task Start() => this.RegisterOrUpdateReminder(Reminder, FirstPass, options.Value.Period);

    public Task Run()
    {
        pass ??= this.RegisterGrainTimer(
            Pass, new GrainTimerCreationOptions(dueTime: TimeSpan.Zero, period: Timeout.InfiniteTimeSpan) { Interleave = true, KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task<ReconciliationReport?> Latest() => Task.FromResult(latest);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Run();

    private async Task Pass(CancellationToken cancellationToken)
    {
        try
        {
            latest = await Reconcile(cancellationToken);
            metrics.Report(latest);
            LogReconciled(latest);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPassFailed(exception);
        }
        finally
        {
            pass?.Dispose();
            pass = null;
        }
    }

    private async Task<ReconciliationReport> Reconcile(CancellationToken cancellationToken)
    {
        var report = new ReconciliationReport(time.GetUtcNow(), 0, 0, 0, 0, 0, 0, 0);
        string? after = null;
        while (await accounts.Page(after, PageLength, cancellationToken) is { Length: > 0 } page)
        {
            foreach (var row in page)
            {
                report = await TryReconcile(row.AccountId, report, cancellationToken);
            }

            after = page[^1].AccountId;
        }

        return report;
    }

    private async Task<ReconciliationReport> TryReconcile(string accountId, ReconciliationReport report, CancellationToken cancellationToken)
    {
        report = report with { Accounts = report.Accounts + 1 };
        try
        {
            var account = GrainFactory.GetGrain<IAccountGrain>(accountId);
            string? after = null;
            while (await account.OpenHolds(after, PageLength) is { Length: > 0 } page)
            {
                foreach (var hold in page)
                {
                    report = Count(report, await Reconcile(account, accountId, hold));
                }

                after = page[^1].OperationId;
            }

            return await IsBalanced(account, accountId, cancellationToken) ? report : report with { Unbalanced = report.Unbalanced + 1 };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One account that does not answer must not keep the others waiting; the next pass looks at it again.
            LogAccountFailed(exception, accountId);
            return report with { Failed = report.Failed + 1 };
        }
    }

    private async Task<HoldState> Reconcile(IAccountGrain account, string accountId, OpenHold hold)
    {
        var job = GrainFactory.GetGrain<IJobGrain>(hold.OperationId);
        var state = HoldStates.Of(await job.Describe(accountId));
        if (state is HoldState.Ended)
        {
            await job.Resume();
        }
        else if (state is HoldState.Orphaned && HoldStates.IsLost(hold, options.Value.OrphanAge, time.GetUtcNow()))
        {
            LogExpired(hold.OperationId, accountId, hold.Credits);
            await account.Expire(hold.OperationId);
        }

        return state;
    }

    /// <summary>Also true where the table is behind the account: entries that are on their way prove nothing.</summary>
    private async Task<bool> IsBalanced(IAccountGrain account, string accountId, CancellationToken cancellationToken)
    {
        var sum = await entries.Sum(accountId, cancellationToken);
        if (await account.Describe() is not { } view || view.LastSequence != sum.LastSequence || (sum.Amount == view.Available && sum.Entries == sum.LastSequence))
        {
            return true;
        }

        LogUnbalanced(accountId, view.Available, sum.Amount, sum.Entries, sum.LastSequence);
        return false;
    }

    private static ReconciliationReport Count(ReconciliationReport report, HoldState state) => state switch
    {
        HoldState.Matched => report with { Matched = report.Matched + 1 },
        HoldState.Waiting => report with { Waiting = report.Waiting + 1 },
        HoldState.Ended => report with { Ended = report.Ended + 1 },
        HoldState.Orphaned => report with { Orphaned = report.Orphaned + 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };
}
