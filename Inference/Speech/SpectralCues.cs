using LipSync.Basics;
using LipSync.Speech.Spectra;

namespace LipSync.Speech;

/// <summary>
/// What the spectrum tells about the mouth, each 0 … 1 every 10 ms, by acoustic phonetics (Stevens, Acoustic Phonetics, 1998): an
/// open mouth raises the first formant and with it everything above; spread lips raise the second, rounded lips lower it.
/// </summary>
internal sealed class SpectralCues
{
    // Frames to either side: a stop lasts 50-150 ms, its burst 10-40 ms.
    private const int DipReach = 10;
    private const int BurstReach = 4;

    private readonly Contour high;
    private readonly Contour body;
    private readonly float vowelBody;
    private readonly float vowelHigh;

    public SpectralCues(MelSpectrogram spectrum)
    {
        var bands = new BandLevels(spectrum);
        Activity = SpeechActivity.Of(bands.Level(120, 8000));
        high = bands.Level(4000, 8000);
        body = bands.Level(500, 4000);
        var lower = bands.Level(200, 4000);
        var closedVowel = bands.Level(200, 600);
        var openVowel = bands.Level(1200, 3200);
        var round = bands.Level(800, 1400);
        var spread = bands.Level(1800, 3000);
        var firstFormant = bands.Centroid(200, 1300);
        vowelBody = body.Percentile(0.75, Activity.IsSpeech);
        vowelHigh = high.Percentile(0.5, frame => body[frame] >= vowelBody);

        Balance = Normalize(i => openVowel[i] - closedVowel[i], minSpread: 4);
        FirstFormant = Normalize(i => firstFormant[i], minSpread: 0.15f);
        Spread = Normalize(i => spread[i] - round[i], minSpread: 4);
        Hiss = Normalize(i => high[i] - lower[i], minSpread: 6);
    }

    public SpeechActivity Activity { get; }

    /// <summary>Energy above the first formant against energy around a closed vowel's.</summary>
    public Contour Balance { get; }

    /// <summary>Where the energy of the first formant lies.</summary>
    public Contour FirstFormant { get; }

    /// <summary>Second formant: 1 for i and e, 0 for o and u.</summary>
    public Contour Spread { get; }

    /// <summary>Fricatives.</summary>
    public Contour Hiss { get; }

    /// <summary>
    /// A short dip of everything above 500 Hz between louder neighbours: a stop or a nasal. The tongue makes the ones with a bright
    /// burst, the lips most of the others; between m and n the spectrum alone is no judge.
    /// </summary>
    public float Closure(int frame)
    {
        var depth = MathF.Min(body.Highest(frame, -DipReach, 0), body.Highest(frame, 0, DipReach)) - body[frame];
        var burst = high.Highest(frame, -BurstReach, BurstReach) - vowelHigh;
        return Hermite.SmoothStep(9, 18, depth) * (1 - Hermite.SmoothStep(10, 20, burst));
    }

    /// <summary>Hiss without the strength of a sibilant: f, v.</summary>
    public float Labiodental(int frame)
    {
        var hiss = high[frame] - vowelHigh;
        return Hermite.SmoothStep(4, 9, hiss) * (1 - Hermite.SmoothStep(14, 20, hiss)) * Hermite.SmoothStep(12, 20, vowelBody - body[frame]);
    }

    private Contour Normalize(Func<int, float> value, float minSpread) =>
        new Contour(body.Frames, value).Smooth(0.02).Normalize(minSpread, Activity.IsSpeech);
}
