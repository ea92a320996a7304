using LipSync.Speech.Spectra;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace LipSync.Speech.Network;

/// <summary>
/// Runs the network over a speech of any length, in chunks of ten seconds with what the network sees around them: the values are
/// those of one run over the whole, and don't depend on how the speech arrived.
/// </summary>
/// <param name="session">May be shared: running it changes nothing.</param>
/// <param name="told">Takes the tracks and the sounds of one step after the other.</param>
internal sealed class MouthNetwork(InferenceSession session, MouthNetwork.Step told)
{
    /// <summary>Steps a second.</summary>
    public const int Rate = 50;
    public const int Tracks = 7;
    public const int Sounds = 48;

    private const int FramesPerStep = 2;
    private const int ChunkSteps = 10 * Rate;

    // Steps that the network sees before and after the one it tells.
    private const int LookBack = 54;
    private const int LookAhead = 5;

    private readonly float[] frames = new float[(LookBack + ChunkSteps + LookAhead) * FramesPerStep * MelAnalyzer.Bands];
    private int count;
    private int stepsTold;

    /// <param name="tracks">Opening, width, rounding, closure, labiodental, speech, tongue: 0 … 1.</param>
    /// <param name="sounds">How it sounds to the mouth.</param>
    public delegate void Step(ReadOnlySpan<float> tracks, ReadOnlySpan<float> sounds);

    private int Capacity => frames.Length / MelAnalyzer.Bands;

    /// <param name="frame">As <see cref="SpeechLevels"/> tells it.</param>
    public void Hear(ReadOnlySpan<float> frame)
    {
        frame.CopyTo(frames.AsSpan(count++ * MelAnalyzer.Bands));
        if (count == Capacity)
        {
            // What the last steps would see is still to come.
            Run((count / FramesPerStep) - LookAhead);
            var kept = (LookBack + LookAhead) * FramesPerStep;
            frames.AsSpan((count - kept) * MelAnalyzer.Bands).CopyTo(frames);
            count = kept;
            stepsTold = LookBack;
        }
    }

    public void Finish()
    {
        if (count % FramesPerStep == 1)
        {
            Hear(frames.AsSpan((count - 1) * MelAnalyzer.Bands, MelAnalyzer.Bands).ToArray());
        }

        Run(count / FramesPerStep);
    }

    /// <summary>Tells the steps after those told, up to <paramref name="end"/>.</summary>
    private void Run(int end)
    {
        if (end <= stepsTold)
        {
            return;
        }

        using var features = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [1, count, MelAnalyzer.Bands]);
        frames.AsSpan(0, count * MelAnalyzer.Bands).CopyTo(features.GetTensorMutableDataAsSpan<float>());
        using var options = new RunOptions();
        using var results = session.Run(options, ["features"], [features], ["tracks", "sounds"]);
        var tracks = results[0].GetTensorDataAsSpan<float>();
        var sounds = results[1].GetTensorDataAsSpan<float>();
        for (var step = stepsTold; step < end; step++)
        {
            told(tracks.Slice(step * Tracks, Tracks), sounds.Slice(step * Sounds, Sounds));
        }
    }
}
