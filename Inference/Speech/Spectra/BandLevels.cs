namespace LipSync.Speech.Spectra;

/// <summary>How the energy of a recording lies in frequency ranges, without regard to its gain.</summary>
internal sealed class BandLevels
{
    // 60 dB under the mean: digital silence is no quieter than a quiet room, and gain changes nothing.
    private const float QuietestOfInterest = 1e-6f;

    // Keeps logarithms finite where there is no sound at all.
    private const float Silence = 1e-20f;

    private readonly MelSpectrogram spectrum;
    private readonly float floor;

    public BandLevels(MelSpectrogram spectrum)
    {
        this.spectrum = spectrum;
        floor = Silence + (QuietestOfInterest * Enumerable.Range(0, spectrum.Frames).Average(frame => Sum(spectrum[frame])));
    }

    /// <summary>dB of full scale.</summary>
    public Contour Level(double fromHertz, double toHertz)
    {
        var (first, count) = Bands(fromHertz, toHertz);
        return new(spectrum.Frames, frame => 10 * MathF.Log10(floor + Sum(spectrum[frame].Slice(first, count))));
    }

    /// <summary>Mean log frequency, weighted by energy.</summary>
    public Contour Centroid(double fromHertz, double toHertz)
    {
        var (first, count) = Bands(fromHertz, toHertz);
        var middle = MathF.Log((float)Math.Sqrt(fromHertz * toHertz));
        float[] centres = [.. MelAnalyzer.CentresHertz.Skip(first).Take(count).Select(centre => MathF.Log((float)centre))];
        return new(spectrum.Frames, frame =>
        {
            var energies = spectrum[frame].Slice(first, count);
            var (sum, weight) = (floor * middle, floor);
            for (var band = 0; band < count; band++)
            {
                (sum, weight) = (sum + (energies[band] * centres[band]), weight + energies[band]);
            }

            return sum / weight;
        });
    }

    private static float Sum(ReadOnlySpan<float> energies)
    {
        var sum = 0f;
        foreach (var energy in energies)
        {
            sum += energy;
        }

        return sum;
    }

    private static (int First, int Count) Bands(double fromHertz, double toHertz)
    {
        var first = MelAnalyzer.CentresHertz.TakeWhile(centre => centre < fromHertz).Count();
        return (first, MelAnalyzer.CentresHertz.TakeWhile(centre => centre < toHertz).Count() - first);
    }
}
