namespace LipSync.Basics;

/// <summary>
/// Smooths the vectors of consecutive frames with a kernel of some frames to either side; values come out that much later.
/// At the ends of a run the kernel is made for the neighbours there are: nothing is read across a gap.
/// </summary>
/// <param name="radius">Frames to either side.</param>
/// <param name="kernel">The weights for a value with so many neighbours before and after it.</param>
/// <param name="emit">Receives each frame's smoothed value, in order.</param>
internal sealed class SmoothingWindow(int radius, Func<int, int, float[]> kernel, Action<int, float[]> emit)
{
    private readonly List<float[]> values = [];
    private int firstFrame;
    private int nextFrame;

    /// <summary>The next frame of the run, or the first of a new one.</summary>
    public void Push(int frame, float[] value)
    {
        if (values.Count == 0)
        {
            firstFrame = nextFrame = frame;
        }
        else if (frame != firstFrame + values.Count)
        {
            throw new ArgumentException($"Frame {frame} does not follow frame {firstFrame + values.Count - 1}.", nameof(frame));
        }

        values.Add(value);
        if (frame - nextFrame >= radius)
        {
            EmitNext();
        }
    }

    /// <summary>Ends the run.</summary>
    public void Flush()
    {
        while (nextFrame < firstFrame + values.Count)
        {
            EmitNext();
        }

        values.Clear();
    }

    private void EmitNext()
    {
        var at = nextFrame - firstFrame;
        var from = Math.Max(0, at - radius);
        var to = Math.Min(values.Count - 1, at + radius);
        var weights = kernel(at - from, to - at);
        var sum = new float[values[at].Length];
        for (var i = from; i <= to; i++)
        {
            for (var j = 0; j < sum.Length; j++)
            {
                sum[j] += weights[i - from] * values[i][j];
            }
        }

        emit(nextFrame++, sum);
        if (at >= radius)
        {
            values.RemoveAt(0);
            firstFrame++;
        }
    }
}
