using LipSync.Rendering;
using LipSync.Rendering.Plans;
using LipSync.Rendering.Speakers;

namespace LipSync.Benchmarks.Quality.Takes;

/// <summary>What a plan of the built-in renderer asks for.</summary>
/// <param name="Openings">In distances between the outer eye corners; NaN where the mouth is not fully drawn.</param>
internal sealed record PlannedMouths(SpeakerModel Speaker, float[] Openings)
{
    public static PlannedMouths Read(string path)
    {
        using var file = File.OpenRead(path);
        var plan = new MouthPlan(PlanHeader.ReadFrom(file).Map, file);
        return new(
            plan.Speaker,
            [.. Enumerable.Range(0, plan.Map.OutputFrames).Select(plan.ReadFrame).Select(frame => frame.Strength >= 1 ? frame.Mouth.Opening : float.NaN)]);
    }
}
