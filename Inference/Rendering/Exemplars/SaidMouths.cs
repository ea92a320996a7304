using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Rendering.Plans;
using LipSync.Reports;
using LipSync.Speech;
using LipSync.Speech.Adaptation;

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

/// <summary>What is to be said in the output, as this speaker's mouth says it, and what was said in the source.</summary>
internal sealed class SaidMouths
{
    private readonly MouthTrack? own;
    private readonly SpeakerAdaptation adaptation;
    private readonly int fps;

    private SaidMouths(MouthTrack wanted, MouthTrack? own, SpeakerAdaptation adaptation, int fps) =>
        (Wanted, this.own, this.adaptation, this.fps) = (wanted, own, adaptation, fps);

    /// <summary>The mouth of each output frame.</summary>
    public MouthTrack Wanted { get; }

    /// <summary>0 … 1: how far what was said in the source tells about the mouths that it shows.</summary>
    public float Credence => adaptation.Credence;

    public SourceSync? Report => adaptation.Report;

    /// <summary>Learns the speaker where the source talks.</summary>
    /// <param name="faces">Of each source frame.</param>
    public static SaidMouths Of(RenderSource source, IReadOnlyList<SourceFace> faces, EngineParts parts)
    {
        var learnt = source.OwnSpeech is { } spoken
            ? SpeakerAdaptation.Learn(spoken, [.. faces.Select(Seen)], source.Info.Fps)
            : SpeakerAdaptation.None;
        var speaks = parts.HasFlag(EngineParts.Adaptation) ? learnt : SpeakerAdaptation.None;
        return new(speaks.Adapt(source.Speech), source.OwnSpeech, learnt, source.Info.Fps);
    }

    public SaidMouth InOutput(int frame) => SaidMouth.Of(Wanted, frame, fps);

    public SaidMouth InSource(int frame) =>
        own is null ? SaidMouth.Unknown : SaidMouth.Of(own, frame + adaptation.OffsetFrames, fps);

    private static SourceMouth? Seen(SourceFace face) => face.IsClear ? new(face.Mouth.Opening, face.Mouth.Width) : null;
}
