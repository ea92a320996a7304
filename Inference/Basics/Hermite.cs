namespace LipSync.Basics;

internal static class Hermite
{
    /// <summary>0 under <paramref name="low"/>, 1 over <paramref name="high"/>, smooth between.</summary>
    public static float SmoothStep(float low, float high, float value)
    {
        var t = Math.Clamp((value - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }
}
