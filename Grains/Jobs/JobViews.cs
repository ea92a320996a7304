namespace LipSync.Jobs;

/// <summary>A job's state as its customer sees it. Pure.</summary>
public static class JobViews
{
    public static JobView Of(string jobId, JobState state, double done, TimeSpan remaining, int? position, DateTimeOffset now)
    {
        var stage = state.Phase.ToStage();
        return new()
        {
            JobId = jobId,
            InputType = state.Request.InputType,
            Status = state.Phase.ToStatus(),
            CreatedAt = state.CreatedAt,
            UpdatedAt = state.UpdatedAt,
            OutputKey = state.Output?.OutputKey,
            ProcessingTime = (state.Phase.IsEnd() ? state.UpdatedAt : now) - state.StartedAt,
            Progress = (int)(done * 100),
            Stage = stage,
            QueuePosition = stage is null ? null : position,
            EstimatedTimeRemaining = state.Phase.IsEnd() ? null : remaining,
            CreditsUsed = state.CreditsUsed,
            Error = state.Error,
            Report = Report(state),
            Review = state.Output?.Review,
            InspectionKey = state.Inspection?.ReportKey,
        };
    }

    private static JobReport? Report(JobState state) => state is { Output: { } output, Media: { } media, Analysis: { } analysis }
        ? new(
            media.Width, media.Height, media.Fps, output.Frames, (double)output.Frames / media.Fps,
            analysis.FacesFound, analysis.FramesWithFace, output.Bytes, output.Sha256)
        : null;
}
