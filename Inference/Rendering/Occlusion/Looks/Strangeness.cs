using LipSync.Basics;

namespace LipSync.Rendering.Occlusion.Looks;

/// <summary>How far one frame's lower face is from the speaker's usual one.</summary>
/// <param name="Cells">Squared deviation of each cell, in units of what is usual.</param>
/// <param name="MouthSeen">How well the pattern of the mouth agrees with the one expected, 1: as usual. Something before it wipes it out; no expression does.</param>
internal sealed record Strangeness(float[] Cells, float MouthSeen)
{
    /// <summary>Deviations beyond this say no more.</summary>
    private const float Most = 100;

    /// <summary>Strange cells of skin from which on something is there.</summary>
    private const int FewestSeeds = 3;

    // With nothing before them, the mouths of real clips agreed by 0.42 or more; then only what no skin looks like counts.
    private const float MouthGone = 0.3f;
    private const float MouthThere = 0.45f;
    private const float SeedIfGone = 2.3f;
    private const float SeedIfThere = 6;

    /// <summary>Deviations, each the mean of a cell and its neighbours.</summary>
    public float[] Blurred() => LowerFace.Blur(Array.ConvertAll(Cells, cell => MathF.Min(cell, Most)));

    /// <summary>The cells of skin that something surely covers. Those that are strange for their neighbours alone don't count: lips reach there.</summary>
    /// <param name="smooth">From <see cref="Blurred"/>, perhaps averaged over time as well.</param>
    public List<int> Seeds(ReadOnlySpan<float> smooth, FaceZones zones)
    {
        var least = float.Lerp(SeedIfGone, SeedIfThere, Hermite.SmoothStep(MouthGone, MouthThere, MouthSeen));
        var seeds = new List<int>();
        for (var cell = 0; cell < smooth.Length; cell++)
        {
            if (zones.Skin[cell] && smooth[cell] > least * least && Cells[cell] > least * least / 2)
            {
                seeds.Add(cell);
            }
        }

        return seeds.Count >= FewestSeeds ? seeds : [];
    }
}
