using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Speech;

namespace LipSync.Rendering.Exemplars;

/// <summary>What is said while a mouth is seen, or shall be.</summary>
/// <param name="Pose">The mouth that speech asks for.</param>
/// <param name="Sound">
/// The sounds just before, at and just after: the same sound between other sounds is another mouth. Empty where they are not known.
/// </param>
internal readonly record struct SaidMouth(MouthPose Pose, float[] Sound)
{
    private const double StepSeconds = 0.04;

    /// <summary>Nothing is known of it.</summary>
    public static SaidMouth Unknown => new(MouthPose.Rest, []);

    /// <param name="frame">May lie beyond the ends.</param>
    public static SaidMouth Of(MouthTrack speech, int frame, int fps)
    {
        var sounds = speech.Sounds;
        if (sounds.Frames == 0)
        {
            return new(speech[Math.Max(0, frame)], []);
        }

        var step = Math.Max(1, (int)Math.Round(StepSeconds * fps));
        return new(speech[Math.Max(0, frame)], [.. Heard(frame - step), .. Heard(frame), .. Heard(frame + step)]);

        float[] Heard(int at) => Array.ConvertAll(sounds[Math.Clamp(at, 0, sounds.Frames - 1)].ToArray(), value => (float)value);
    }

    /// <summary>Squared distance of the sounds; 0 where either is not known.</summary>
    public float SoundDistance(SaidMouth other)
    {
        if (Sound.Length != other.Sound.Length)
        {
            return 0;
        }

        var a = MemoryMarshal.Cast<float, Vector<float>>(Sound);
        var b = MemoryMarshal.Cast<float, Vector<float>>(other.Sound);
        var wide = Vector<float>.Zero;
        for (var i = 0; i < a.Length; i++)
        {
            var difference = a[i] - b[i];
            wide += difference * difference;
        }

        var sum = Vector.Sum(wide);
        for (var i = a.Length * Vector<float>.Count; i < Sound.Length; i++)
        {
            sum += (Sound[i] - other.Sound[i]) * (Sound[i] - other.Sound[i]);
        }

        return sum;
    }
}
