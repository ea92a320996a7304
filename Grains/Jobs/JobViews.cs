namespace LipSync.Jobs;

/// <summary>A job's state as its customer sees it. Pure.</summary>
public static class JobViews
{
    public static JobView Of(string jobId, JobState state, double done, TimeSpan remaining, int? position, DateTimeOffset now)
    {
        var stage = state.Phase.ToStage();
        var output = state.Phase is JobPhase.Completed && !(state.ExpiresAt <= now) ? state.Output : null;
        return new()
        {
            JobId = jobId,
            InputType = state.Request.InputType,
            Status = state.Phase.ToStatus(),
            CreatedAt = state.CreatedAt,
            UpdatedAt = state.UpdatedAt,
            OutputKey = output?.OutputKey,
            ProcessingTime = (state.Phase.IsEnd() ? state.UpdatedAt : now) - state.StartedAt,
            Progress = (int)(done * 100),
            Stage = stage,
            QueuePosition = position,
            EstimatedTimeRemaining = state.Phase.IsEnd() ? null : remaining,
            CreditsUsed = state.CreditsUsed,
            Error = state.Error,
            Report = Report(state),
            Review = output?.Review,
            Metadata = state.Request.Metadata,
            OutputExpiresAt = state.ExpiresAt,
            InspectionKey = state.Inspection?.ReportKey,
        };
    }

    /// <summary>The job's row in the table of jobs.</summary>
    public static JobRow RowOf(string jobId, JobState state) => new(
        jobId,
        state.Request.AccountId,
        state.Request.InputType,
        state.Phase is JobPhase.Deleted ? JobStatus.Cancelled : state.Phase.ToStatus(), // nobody sees it: a deleted job is in no list
        state.CreatedAt,
        state.UpdatedAt,
        state.Version,
        state.CreditsUsed,
        state.Error?.Code,
        state.Phase.IsEmpty() ? null : state.Output?.OutputKey,
        state.Error?.Message,
        state.Phase is JobPhase.Deleted ? null : state.Request.Metadata,
        state.ExpiresAt,
        state.Phase is JobPhase.Deleted);

    private static JobReport? Report(JobState state) => state is { Output: { } output, Media: { } media, Analysis: { } analysis }
        ? new(
            media.Width, media.Height, media.Fps, output.Frames, (double)output.Frames / media.Fps,
            analysis.FacesFound, analysis.FramesWithFace, output.Bytes, output.Sha256)
        : null;
}
