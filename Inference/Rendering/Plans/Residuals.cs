using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Basics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;
using Microsoft.Win32.SafeHandles;

namespace LipSync.Rendering.Plans;

/// <summary>
/// How each source frame's face differs from what its mouth parameters explain: smile, expression. Smoothed over time, which drops
/// the old speech and the mesh's noise. One record of fixed size a frame: x and y of each point that moves, 16-bit fixed point.
/// </summary>
internal static class Residuals
{
    /// <summary>Steps per eye distance.</summary>
    public const float Precision = 8192;

    /// <summary>The points that move.</summary>
    public static int[] PointsOf(SpeakerModel speaker) => [.. Enumerable.Range(0, speaker.Mask.Length).Where(i => speaker.Mask[i] > 0.01f)];
}

/// <summary>Writes the records in the order of the source frames. Those of a run of frames without a gap or a cut are smoothed together.</summary>
internal sealed class ResidualWriter
{
    /// <summary>Standard deviation of the smoothing in seconds.</summary>
    private const float Sigma = 0.2f;

    /// <summary>Seconds to either side after which the smoothing's kernel is cut off.</summary>
    private const float Reach = 0.48f;

    private readonly SpeakerModel speaker;
    private readonly Stream stream;
    private readonly int[] points;
    private readonly short[] record;
    private readonly SmoothingWindow smoothing;

    public ResidualWriter(SpeakerModel speaker, Stream stream, int fps)
    {
        (this.speaker, this.stream) = (speaker, stream);
        points = Residuals.PointsOf(speaker);
        record = new short[points.Length * 2];
        smoothing = new((int)MathF.Round(Reach * fps), SmoothingKernels.Gaussian(Sigma * fps), (_, values) => WriteRecord(values));
    }

    /// <summary>The next frame, which shows the face.</summary>
    public void Write(int frame, ReadOnlySpan<Vector3> canonical, MouthParameters mouth)
    {
        var change = mouth - speaker.MeanParameters;
        var values = new float[record.Length];
        for (var i = 0; i < points.Length; i++)
        {
            var offset = canonical[points[i]] - speaker.Mean[points[i]];
            var residual = offset - speaker.Basis.Offset(points[i], change);
            (values[2 * i], values[2 * i + 1]) = (residual.X, residual.Y);
        }

        smoothing.Push(frame, values);
    }

    /// <summary>The next frame, which doesn't.</summary>
    public void WriteGap()
    {
        EndRun();
        WriteRecord(new float[record.Length]);
    }

    /// <summary>What comes is not smoothed together with what was; at the end, all that is still to be written.</summary>
    public void EndRun() => smoothing.Flush();

    private void WriteRecord(float[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            record[i] = (short)Math.Clamp(MathF.Round(values[i] * Residuals.Precision), short.MinValue, short.MaxValue);
        }

        stream.Write(MemoryMarshal.AsBytes(record.AsSpan()));
    }
}

/// <summary>Reads single frames' residuals. Not thread-safe.</summary>
internal sealed class ResidualReader(SpeakerModel speaker, SafeFileHandle file, long offset)
{
    private readonly int[] points = Residuals.PointsOf(speaker);
    private readonly short[] record = new short[Residuals.PointsOf(speaker).Length * 2];

    /// <summary>Fills the residual of a source frame; points that don't move, and frames without a face, get 0.</summary>
    public void Read(int frame, Span<Vector2> residual)
    {
        file.ReadExactly(MemoryMarshal.AsBytes(record.AsSpan()), offset + (long)frame * record.Length * sizeof(short));
        residual.Clear();
        for (var i = 0; i < points.Length; i++)
        {
            residual[points[i]] = new Vector2(record[2 * i], record[2 * i + 1]) / Residuals.Precision;
        }
    }
}
