namespace LipSync.Benchmarks.Costs;

/// <summary>What a stage took.</summary>
/// <param name="Time">By the clock.</param>
/// <param name="Own">Processor time of this process.</param>
/// <param name="Children">Processor time of ffmpeg.</param>
/// <param name="Frames">Frames it made.</param>
/// <param name="PeakBytes">Most memory that this process and its children held together.</param>
internal sealed record StageCost(string Name, TimeSpan Time, TimeSpan Own, TimeSpan Children, int Frames, long PeakBytes)
{
    public double FramesPerSecond => Frames / Time.TotalSeconds;

    public double FramesPerCpuSecond => Frames / (Own + Children).TotalSeconds;

    /// <summary>Stages one after the other.</summary>
    public static StageCost Sum(string name, IReadOnlyList<StageCost> stages, int frames) => new(
        name,
        TimeSpan.FromTicks(stages.Sum(stage => stage.Time.Ticks)),
        TimeSpan.FromTicks(stages.Sum(stage => stage.Own.Ticks)),
        TimeSpan.FromTicks(stages.Sum(stage => stage.Children.Ticks)),
        frames,
        stages.Max(stage => stage.PeakBytes));
}
