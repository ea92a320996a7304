using LipSync.Dispatch;
using LipSync.Jobs;
using Microsoft.Extensions.Options;

namespace LipSync.Planning;

/// <summary>
/// What a job is expected to take: seconds of output times <see cref="EstimateOptions.RealTimeFactor"/>, shared out to the stages by
/// fixed shares. The same shares weigh the progress, so that both advance alike.
/// </summary>
public sealed class JobEstimates(IOptionsMonitor<EstimateOptions> options)
{
    /// <summary>The part of the whole work that a stage takes; together 1.</summary>
    public static double ShareOf(Stage stage) => stage switch
    {
        Stage.Ingest => 0.35,
        Stage.Analyze => 0.1,
        Stage.Render => 0.45,
        Stage.Assemble => 0.1,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "No such stage."),
    };

    /// <summary>Work of the whole job, in seconds of one slot.</summary>
    public double TotalSeconds(JobSpec spec, IngestResult? media) => options.CurrentValue.RealTimeFactor * OutputSeconds(spec, media);

    /// <summary>The same of a job whose media is measured.</summary>
    public double TotalSeconds(IngestResult media) => options.CurrentValue.RealTimeFactor * media.OutputFrames / media.Fps;

    /// <summary>The items as the queue needs them.</summary>
    public IEnumerable<WorkItem> UnfinishedItems(string jobId, JobState state)
    {
        var spec = state.Request;
        var total = TotalSeconds(spec, state.Media);
        return JobPlan.Unfinished(jobId, state).Select(id =>
            new WorkItem(id, spec.AccountId, spec.Limits.Plan, total * ShareOf(id.Stage) * PartOfStage(state, id), state.Attempts.GetValueOrDefault(id.Index).Fence));
    }

    /// <summary>How much of a job is done, 0-1.</summary>
    /// <param name="fractions">How far the items being worked on are, 0-1 each.</param>
    public static double DoneFraction(string jobId, JobState state, IReadOnlyDictionary<WorkItemId, double> fractions)
    {
        if (state.Phase.ToStage() is not { } stage)
        {
            return state.Phase is JobPhase.Completed or JobPhase.Expired ? 1 : 0;
        }

        var before = Enum.GetValues<Stage>().Where(earlier => earlier < stage).Sum(ShareOf);
        var open = JobPlan.Unfinished(jobId, state).Sum(id => PartOfStage(state, id) * (1 - fractions.GetValueOrDefault(id)));
        return before + ShareOf(stage) * (1 - open);
    }

    /// <summary>Expected time to the end, waiting not included.</summary>
    public TimeSpan Remaining(JobState state, double doneFraction) =>
        TimeSpan.FromSeconds(TotalSeconds(state.Request, state.Media) * (1 - doneFraction));

    private double OutputSeconds(JobSpec spec, IngestResult? media) => media is null
        ? Math.Min(options.CurrentValue.UnknownDuration, JobPlan.LongestOutputSeconds(spec))
        : (double)media.OutputFrames / media.Fps;

    private static double PartOfStage(JobState state, WorkItemId id) =>
        id.Stage is Stage.Render ? (double)JobPlan.Chunk(state, id.Index).Count / state.Media!.OutputFrames : 1;
}
