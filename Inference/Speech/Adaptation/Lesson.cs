namespace LipSync.Speech.Adaptation;

/// <summary>One source frame from which a speaker is learnt.</summary>
/// <param name="Block">Frames of a block stand or fall together when a readout is tried.</param>
/// <param name="Heard">What was heard, as <see cref="HeardSound"/> gives it.</param>
/// <param name="Expected">What anybody's mouth would do.</param>
/// <param name="Seen">What his did.</param>
internal readonly record struct Lesson(int Block, double[] Heard, double Expected, double Seen);
