namespace LipSync.Speech.Spectra;

/// <summary>Energy of a whole speech, as <see cref="MelAnalyzer"/> finds it.</summary>
internal sealed class MelSpectrogram
{
    private readonly List<float[]> frames = [];

    public int Frames => frames.Count;

    /// <summary>The energies of a frame, linear, in squares of full scale.</summary>
    public ReadOnlySpan<float> this[int frame] => frames[frame];

    public void Add(ReadOnlySpan<float> energies) => frames.Add(energies.ToArray());
}
