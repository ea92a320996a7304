using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace LipSync.Models;

/// <summary>One loaded network with a square RGB input. Not thread-safe: one session for every user.</summary>
public sealed class ModelSession : IDisposable
{
    private readonly Net net;
    private readonly string[] outputNames;
    private readonly Mat[] outputs;

    internal ModelSession(ModelFile model, ReadOnlySpan<byte> bytes)
    {
        net = ReadNet(model, bytes);
        outputNames = [.. net.GetUnconnectedOutLayersNames().OfType<string>()];
        outputs = [.. outputNames.Select(_ => new Mat())];
    }

    /// <summary>Runs the network once.</summary>
    /// <param name="input">Planar RGB, 0 … 1: three planes of <paramref name="side"/> × <paramref name="side"/>.</param>
    public void Run(ReadOnlySpan<float> input, int side)
    {
        using var blob = new Mat([1, 3, side, side], MatType.CV_32FC1);
        unsafe
        {
            input.CopyTo(new Span<float>(blob.DataPointer, 3 * side * side));
        }

        net.SetInput(blob);
        net.Forward(outputs, outputNames);
    }

    /// <summary>The output that holds <paramref name="length"/> values; valid until the next run.</summary>
    public ReadOnlySpan<float> Output(int length)
    {
        foreach (var output in outputs)
        {
            if (output.Total() == length)
            {
                unsafe
                {
                    return new ReadOnlySpan<float>(output.DataPointer, length);
                }
            }
        }

        throw new InvalidOperationException($"The network has no output of {length} values.");
    }

    public void Dispose()
    {
        foreach (var output in outputs)
        {
            output.Dispose();
        }

        net.Dispose();
    }

    // OpenCV reads TFLite from a path only.
    private static Net ReadNet(ModelFile model, ReadOnlySpan<byte> bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}-{model.Name}");
        try
        {
            File.WriteAllBytes(path, bytes);
            return CvDnn.ReadNet(path) ?? throw new InvalidDataException($"OpenCV can't read {model.Name}.");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
