using System.Numerics;
using System.Runtime.InteropServices;
using LipSync.Basics;
using LipSync.Rendering.Geometry;
using LipSync.Rendering.Speakers;
using Microsoft.Win32.SafeHandles;

namespace LipSync.Rendering.Plans;

/// <summary>
/// How each source frame's face differs from what its mouth parameters explain: smile, expression, the mesh's noise. One record
/// of fixed size a frame, 16-bit fixed point, for the points that move.
/// </summary>
internal static class Residuals
{
    /// <summary>Steps per eye distance.</summary>
    public const float Precision = 8192;

    /// <summary>The points that move.</summary>
    public static int[] PointsOf(SpeakerModel speaker) => [.. Enumerable.Range(0, speaker.Mask.Length).Where(i => speaker.Mask[i] > 0.01f)];

    /// <summary>Values of one record: a flag (1 if the frame has a face), then x and y of each point.</summary>
    public static int RecordLength(int[] points) => 1 + points.Length * 2;
}

/// <summary>Writes the records in the order of the source frames.</summary>
internal sealed class ResidualWriter(SpeakerModel speaker, Stream stream)
{
    private readonly int[] points = Residuals.PointsOf(speaker);
    private readonly short[] record = new short[Residuals.RecordLength(Residuals.PointsOf(speaker))];

    public void WriteGap()
    {
        Array.Clear(record);
        stream.Write(MemoryMarshal.AsBytes(record.AsSpan()));
    }

    public void Write(ReadOnlySpan<Vector3> canonical, MouthParameters mouth)
    {
        var change = mouth - speaker.MeanParameters;
        record[0] = 1;
        for (var i = 0; i < points.Length; i++)
        {
            var offset = canonical[points[i]] - speaker.Mean[points[i]];
            var residual = offset.AsVector2() - speaker.Basis.Offset(points[i], change);
            record[1 + 2 * i] = Fixed(residual.X);
            record[2 + 2 * i] = Fixed(residual.Y);
        }

        stream.Write(MemoryMarshal.AsBytes(record.AsSpan()));
    }

    private static short Fixed(float value) => (short)Math.Clamp(MathF.Round(value * Residuals.Precision), short.MinValue, short.MaxValue);
}

/// <summary>Reads single frames' residuals, smoothed over their neighbours in time.</summary>
internal sealed class ResidualReader(SpeakerModel speaker, SafeFileHandle file, long offset, int frames)
{
    /// <summary>Standard deviation of the smoothing, in frames: drops the old speech, keeps smile and head.</summary>
    private const float Sigma = 5;
    private const int Radius = 12;

    private readonly int[] points = Residuals.PointsOf(speaker);
    private readonly short[] window = new short[(2 * Radius + 1) * Residuals.RecordLength(Residuals.PointsOf(speaker))];

    /// <summary>Fills the smoothed residual of a frame that has a face; points that don't move get 0. Frames beyond a gap don't count.</summary>
    public void Read(int frame, Span<Vector2> residual)
    {
        var length = Residuals.RecordLength(points);
        var first = Math.Max(0, frame - Radius);
        var count = Math.Min(frames - 1, frame + Radius) - first + 1;
        var records = window.AsSpan(0, count * length);
        file.ReadExactly(MemoryMarshal.AsBytes(records), offset + (long)first * length * sizeof(short));

        residual.Clear();
        var total = 0f;
        for (var neighbour = frame; neighbour >= first && records[(neighbour - first) * length] != 0; neighbour--)
        {
            total += Add(records.Slice((neighbour - first) * length, length), frame - neighbour, residual);
        }

        for (var neighbour = frame + 1; neighbour < first + count && records[(neighbour - first) * length] != 0; neighbour++)
        {
            total += Add(records.Slice((neighbour - first) * length, length), neighbour - frame, residual);
        }

        foreach (var point in points)
        {
            residual[point] /= total;
        }
    }

    private float Add(ReadOnlySpan<short> record, int distance, Span<Vector2> residual)
    {
        var weight = MathF.Exp(-distance * distance / (2 * Sigma * Sigma));
        for (var i = 0; i < points.Length; i++)
        {
            residual[points[i]] += weight / Residuals.Precision * new Vector2(record[1 + 2 * i], record[2 + 2 * i]);
        }

        return weight;
    }
}
