using System.Numerics;

namespace LipSync.Speech.Spectra;

/// <summary>
/// Discrete Fourier transforms of many signals at once: every SIMD lane carries its own signal, so that the plain radix-2 algorithm
/// (Cooley-Tukey, decimation in time) runs at full width without a single shuffle.
/// </summary>
internal sealed class FourierTransform
{
    private readonly int[] reversed;
    private readonly float[] cosines;
    private readonly float[] sines;

    /// <param name="size">A power of two.</param>
    public FourierTransform(int size)
    {
        if (!BitOperations.IsPow2(size))
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "The size is a power of two.");
        }

        var bits = BitOperations.Log2((uint)size);
        reversed = [.. Enumerable.Range(0, size).Select(i => Reverse(i, bits))];
        cosines = [.. Enumerable.Range(0, size / 2).Select(i => (float)Math.Cos(Math.Tau * i / size))];
        sines = [.. Enumerable.Range(0, size / 2).Select(i => (float)-Math.Sin(Math.Tau * i / size))];
    }

    public int Size => reversed.Length;

    /// <summary>Transforms in place; both spans hold <see cref="Size"/> values.</summary>
    public void Transform(Span<Vector<float>> real, Span<Vector<float>> imaginary)
    {
        for (var i = 0; i < Size; i++)
        {
            if (i < reversed[i])
            {
                (real[i], real[reversed[i]]) = (real[reversed[i]], real[i]);
                (imaginary[i], imaginary[reversed[i]]) = (imaginary[reversed[i]], imaginary[i]);
            }
        }

        for (var half = 1; half < Size; half *= 2)
        {
            for (var k = 0; k < half; k++)
            {
                var cosine = new Vector<float>(cosines[k * (Size / 2 / half)]);
                var sine = new Vector<float>(sines[k * (Size / 2 / half)]);
                for (var i = k; i < Size; i += 2 * half)
                {
                    var j = i + half;
                    var re = (real[j] * cosine) - (imaginary[j] * sine);
                    var im = (real[j] * sine) + (imaginary[j] * cosine);
                    (real[j], imaginary[j]) = (real[i] - re, imaginary[i] - im);
                    (real[i], imaginary[i]) = (real[i] + re, imaginary[i] + im);
                }
            }
        }
    }

    private static int Reverse(int value, int bits)
    {
        var result = 0;
        for (var bit = 0; bit < bits; bit++)
        {
            result |= ((value >> bit) & 1) << (bits - 1 - bit);
        }

        return result;
    }
}
