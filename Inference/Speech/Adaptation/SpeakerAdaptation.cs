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

    /// <summary>What a speech's widest openings count as at least: silence stays silent, and who speaks low is not made to shout.</summary>
    private const float Quietest = 0.1f;
    private const float MostSubdued = 0.5f;

    /// <summary>A speaker's usual range in the units in which speech is heard.</summary>
    private static readonly (float Low, float High) OpeningRange = (0, 1);
    private static readonly (float Low, float High) SpreadRange = (-1, 1);

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
        var openings = SourceMouth.Movement(seen, mouth => mouth.Opening, OpeningRange, fps);
        var widths = SourceMouth.Movement(seen, mouth => mouth.Width, SpreadRange, fps);
        var loudest = Loudest(own.Poses, Quietest);
        var heard = new HeardSound(own, fps);
        var offset = SourceOffset.Find([.. openings.Select((_, frame) => own[frame].Opening)], openings, fps).Frames;
        var frames = Enumerable.Range(0, seen.Count)
            .Where(frame => seen[frame] is not null && frame + offset >= 0 && frame + offset < own.Poses.Count).ToList();
        var blocks = Math.Min(MostBlocks, (int)(frames.Count / (BlockSeconds * fps)));
        return blocks < FewestBlocks || !own.Poses.Any(pose => pose.Voice > 0.5f)
            ? None
            : new(Read(openings, OpeningRange, pose => pose.Opening / loudest), Read(widths, SpreadRange, Spread), offset, fps);

        SpeakerReadout Read(float[] movement, (float Low, float High) range, Func<MouthPose, float> expected) => new(
            [.. frames.Select((frame, i) => new Lesson(
                i * blocks / frames.Count, heard[frame + offset], expected(own[frame + offset]), movement[frame]))],
            range,
            fps);
    }

    /// <summary>The mouths of a speech as this speaker makes them: an opening of 1 is as wide as he usually opens at most.</summary>
    public MouthTrack Adapt(MouthTrack speech)
    {
        var poses = Level(speech.Poses, Quietest);
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

            poses = Level(poses, MostSubdued);
        }

        return speech with { Poses = poses };
    }

    /// <summary>-1 pursed, 0 at rest, 1 spread.</summary>
    private static float Spread(MouthPose pose) => (2 * pose.Width) - 1 - pose.Rounding;

    private static MouthPose[] Level(IReadOnlyList<MouthPose> poses, float least)
    {
        var loudest = Loudest(poses, least);
        return [.. poses.Select(pose => pose with { Opening = pose.Opening / loudest })];
    }

    /// <summary>The 95th percentile of openings in speech, or the least that it may count as.</summary>
    private static float Loudest(IReadOnlyList<MouthPose> poses, float least)
    {
        var openings = poses.Where(pose => pose.Voice > 0.5f).Select(pose => pose.Opening).Order().ToArray();
        return openings.Length == 0 ? 1 : MathF.Max(least, Quantile.At(openings, 0.95f));
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
