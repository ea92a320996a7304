using LipSync.Basics;
using LipSync.Speech;

namespace LipSync.Rendering.Life;

/// <summary>
/// What moves in a portrait besides its mouth, and when: a head that is never quite still, breath, nods and brows where the speech is
/// stressed, blinks. Decided once for the whole output; the same speech and seed give the same life.
/// </summary>
internal static class LifePlan
{
    /// <summary>Standard deviations of the head's wandering while it speaks, in radians and eye distances.</summary>
    private const float YawSpread = 0.020f;
    private const float PitchSpread = 0.012f;
    private const float RollSpread = 0.010f;
    private const float XSpread = 0.010f;
    private const float YSpread = 0.006f;

    /// <summary>The share of it that is left in silence.</summary>
    private const float Quiet = 0.3f;

    private const double BreathSeconds = 3.8;
    private const float BreathOfHead = 0.004f;

    private const float Nod = 0.026f;
    private const double NodDown = 0.16;
    private const double NodBack = 0.42;
    private const double BrowsUp = 0.18;
    private const double BrowsDown = 0.45;

    /// <summary>Life begins as softly as the picture stood still before.</summary>
    private const float SecondsToBegin = 0.8f;

    private enum Channel { YawSlow, YawFast, PitchSlow, PitchFast, RollSlow, RollFast, X, Y, Breath, Nods, Brows }

    public static LifePose[] Of(MouthTrack speech, int frames, int fps, string seed)
    {
        var noise = new SeededNoise(seed);
        var stresses = Stresses.Of(speech, frames, fps);
        var nods = Pulses(Channel.Nods, 0.6f, NodDown, NodBack);
        var brows = Pulses(Channel.Brows, 0.4f, BrowsUp, BrowsDown);
        var voice = Smoothed(frames, frame => speech[frame].Voice, 0.4f * fps);
        var blinks = Blinks.Of(speech, frames, fps, noise);
        var poses = new LifePose[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var seconds = frame / (double)fps;
            var amount = Hermite.SmoothStep(0, SecondsToBegin, (float)seconds);
            var lively = amount * float.Lerp(Quiet, 1, voice[frame]);
            var breath = MathF.Sin((float)(2 * Math.PI * (seconds / BreathSeconds + 0.25 * noise.Wander((int)Channel.Breath, seconds, 7))));
            poses[frame] = new LifePose(
                lively * YawSpread * Wander(Channel.YawSlow, Channel.YawFast),
                lively * PitchSpread * Wander(Channel.PitchSlow, Channel.PitchFast) + amount * Nod * nods[frame],
                lively * RollSpread * Wander(Channel.RollSlow, Channel.RollFast),
                lively * XSpread * noise.Wander((int)Channel.X, seconds, 2.3),
                lively * YSpread * noise.Wander((int)Channel.Y, seconds, 2.7) - amount * BreathOfHead * breath,
                amount * breath,
                blinks[frame],
                amount * brows[frame],
                Gaze: 0);

            float Wander(Channel slow, Channel fast) => noise.Wander((int)slow, seconds, 2.9) + 0.45f * noise.Wander((int)fast, seconds, 1.1);
        }

        var gazes = Gazes.Of([.. poses.Select(pose => pose.Yaw)], fps, noise);
        for (var frame = 0; frame < frames; frame++)
        {
            poses[frame] = poses[frame] with { Gaze = gazes[frame] };
        }

        return poses;

        // A share of the stresses moves what is asked for: rising to them, falling after.
        float[] Pulses(Channel channel, float share, double rise, double fall)
        {
            var pulses = new float[frames];
            foreach (var (at, strength) in stresses)
            {
                var drawn = noise.Uniform((int)channel, at);
                for (var frame = Math.Max(0, at - (int)(rise * fps)); drawn < share && frame <= Math.Min(frames - 1, at + (int)(fall * fps)); frame++)
                {
                    pulses[frame] = MathF.Max(pulses[frame], strength * (0.5f + 0.5f * drawn / share) * Pulse((frame - at) / (double)fps + rise, rise, fall));
                }
            }

            return pulses;
        }
    }

    /// <summary>The tracks' values smoothed over frames by a Gaussian.</summary>
    internal static float[] Smoothed(int frames, Func<int, float> value, float sigma)
    {
        var reach = (int)MathF.Ceiling(3 * sigma);
        var smooth = new float[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var (sum, weights) = (0f, 0f);
            for (var near = Math.Max(0, frame - reach); near <= Math.Min(frames - 1, frame + reach); near++)
            {
                var weight = MathF.Exp(-(near - frame) * (near - frame) / (2 * sigma * sigma));
                (sum, weights) = (sum + weight * value(near), weights + weight);
            }

            smooth[frame] = sum / weights;
        }

        return smooth;
    }

    /// <summary>Rises to 1 and falls again.</summary>
    private static float Pulse(double seconds, double rise, double fall) =>
        Hermite.SmoothStep(0, (float)rise, (float)seconds) * (1 - Hermite.SmoothStep((float)rise, (float)(rise + fall), (float)seconds));
}
