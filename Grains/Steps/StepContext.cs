namespace LipSync.Steps;

/// <summary>What a step has besides its order.</summary>
/// <param name="JobId">The job it works for.</param>
/// <param name="Folder">An empty local folder, deleted afterwards.</param>
/// <param name="Progress">Takes how far the step is, 0-1.</param>
public sealed record StepContext(string JobId, string Folder, IProgress<double> Progress)
{
    /// <summary>The path of a scratch file.</summary>
    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Progress of a part of the step, of which 0-1 is <paramref name="from"/> to <paramref name="to"/> of the whole.</summary>
    public IProgress<double> Part(double from, double to) => new PartialProgress(Progress, from, to);

    private sealed class PartialProgress(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (value * (to - from)));
    }
}
