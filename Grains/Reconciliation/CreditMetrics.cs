using System.Diagnostics.Metrics;

namespace LipSync.Reconciliation;

/// <summary>What the last pass of reconciliation found, on the meter <c>LipSync</c>.</summary>
public sealed class CreditMetrics : IDisposable
{
    public const string MeterName = "LipSync";

    private readonly Meter meter = new(MeterName);
    private readonly Gauge<int> holds;
    private readonly Gauge<int> unbalanced;
    private readonly Gauge<int> failed;

    public CreditMetrics()
    {
        holds = meter.CreateGauge<int>("lipsync.credits.holds", "{hold}", "Open holds at the last reconciliation, by their state.");
        unbalanced = meter.CreateGauge<int>("lipsync.credits.unbalanced_accounts", "{account}", "Accounts whose entries did not add up to their balance.");
        failed = meter.CreateGauge<int>("lipsync.credits.unreconciled_accounts", "{account}", "Accounts that could not be looked at.");
    }

    public void Report(ReconciliationReport report)
    {
        holds.Record(report.Matched, new KeyValuePair<string, object?>("state", "matched"));
        holds.Record(report.Waiting, new KeyValuePair<string, object?>("state", "waiting"));
        holds.Record(report.Ended, new KeyValuePair<string, object?>("state", "ended"));
        holds.Record(report.Orphaned, new KeyValuePair<string, object?>("state", "orphaned"));
        unbalanced.Record(report.Unbalanced);
        failed.Record(report.Failed);
    }

    public void Dispose() => meter.Dispose();
}
