using LipSync.Basics;
using LipSync.Reports;

namespace LipSync.Speech.Adaptation;

/// <summary>
/// What the source's own speech teaches about its speaker: how his opening and his width answer to what is heard, when his sound
/// comes, and how far both belong together at all. Who doesn't talk, or was dubbed, keeps everybody's mouth.
/// </summary>
public sealed class SpeakerAdaptation
{
    private const double BlockSeconds = 1;
    private const int FewestBlocks = 3;
    private const int MostBlocks = 20;

    /// <summary>In a pause his own habits are forgotten from the first to the second, in seconds, so that his mouth comes to rest.</summary>
    private const float ShortPause = 0.4f;
    private const float LongPause = 1;

    private readonly SpeakerReadout? opening;
    private readonly SpeakerReadout? spread;
    private readonly int fps;

    private SpeakerAdaptation(SpeakerReadout? opening, SpeakerReadout? spread, int offset, int fps) =>
        (this.opening, this.spread, OffsetFrames, this.fps) = (opening, spread, offset, fps);

    /// <summary>Nothing was learnt.</summary>
    public static SpeakerAdaptation None { get; } = new(null, null, 0, 0);

    /// <summary>The source's sound comes so many frames late; negative: early.</summary>
    public int OffsetFrames { get; }

    /// <summary>0 … 1: how far the source's sound and mouth belong together.</summary>
    public float Credence => (float)(opening?.Credence ?? 0);

    /// <summary>For people; null where nothing could be compared.</summary>
    public SourceSync? Report => opening is null ? null : new((double)OffsetFrames / fps, opening.Generic, opening.Adapted, opening.Credence);

    /// <param name="own">The source's own speech, a pose for each of its frames.</param>
    /// <param name="seen">The speaker's mouth in each source frame; null where it is not seen well.</param>
    /// <param name="fps">Frames per second of both.</param>
    public static SpeakerAdaptation Learn(MouthTrack own, IReadOnlyList<SourceMouth?> seen, int fps)
    {
        var openings = SourceMouth.Movement(seen, mouth => mouth.Opening, low: 0, high: 1, fps);
        var widths = SourceMouth.Movement(seen, mouth => mouth.Width, low: -1, high: 1, fps);
        var loudest = Loudest(own);
        var heard = new HeardSound(own, fps);
        var offset = SourceOffset.Find([.. openings.Select((_, frame) => own[frame].Opening)], openings, fps).Frames;
        var frames = Enumerable.Range(0, seen.Count)
            .Where(frame => seen[frame] is not null && frame + offset >= 0 && frame + offset < own.Poses.Count).ToList();
        var blocks = Math.Min(MostBlocks, (int)(frames.Count / (BlockSeconds * fps)));
        return blocks < FewestBlocks || !own.Poses.Any(pose => pose.Voice > 0.5f)
            ? None
            : new(Read(openings, pose => pose.Opening / loudest), Read(widths, Spread), offset, fps);

        SpeakerReadout Read(float[] movement, Func<MouthPose, float> expected) => new(
            [.. frames.Select((frame, i) => new Lesson(
                i * blocks / frames.Count, heard[frame + offset], expected(own[frame + offset]), movement[frame]))],
            fps);
    }

    /// <summary>The mouths of a speech as this speaker makes them: an opening of 1 is as wide as he usually opens at most.</summary>
    public MouthTrack Adapt(MouthTrack speech)
    {
        var loudest = Loudest(speech);
        var poses = speech.Poses.Select(pose => pose with { Opening = pose.Opening / loudest }).ToArray();
        if (opening is not null && spread is not null)
        {
            var heard = new HeardSound(speech, fps);
            var pauses = Pauses(speech);
            for (var frame = 0; frame < poses.Length; frame++)
            {
                var (pose, sound) = (poses[frame], heard[frame]);
                var belief = 1 - Hermite.SmoothStep(ShortPause, LongPause, (float)pauses[frame] / fps);
                poses[frame] = pose with
                {
                    Opening = (float)Math.Max(0, opening.Of(sound, pose.Opening, belief)),
                    Width = (float)(spread.Of(sound, Spread(pose), belief) + 1 + pose.Rounding) / 2,
                };
            }
        }

        return speech with { Poses = poses };
    }

    /// <summary>-1 pursed, 0 at rest, 1 spread.</summary>
    private static float Spread(MouthPose pose) => (2 * pose.Width) - 1 - pose.Rounding;

    /// <summary>The track's 95th percentile of opening while it speaks, at least a tenth, so that silence stays silent.</summary>
    private static float Loudest(MouthTrack track)
    {
        var openings = track.Poses.Where(pose => pose.Voice > 0.5f).Select(pose => pose.Opening).Order().ToArray();
        return openings.Length == 0 ? 1 : MathF.Max(0.1f, Quantile.At(openings, 0.95f));
    }

    /// <summary>How many frames each frame is away from speech, before or after it; 0 in speech.</summary>
    private static int[] Pauses(MouthTrack track)
    {
        var away = new int[track.Poses.Count];
        var since = away.Length;
        for (var frame = 0; frame < away.Length; frame++)
        {
            away[frame] = since = track[frame].Voice > 0.5f ? 0 : since + 1;
        }

        var until = away.Length;
        for (var frame = away.Length - 1; frame >= 0; frame--)
        {
            until = track[frame].Voice > 0.5f ? 0 : until + 1;
            away[frame] = Math.Min(away[frame], until);
        }

        return away;
    }
}
