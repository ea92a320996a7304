using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.OnnxRuntime;

namespace LipSync.Models;

/// <summary>
/// The models the engine runs, verified and kept in memory. Shared by all threads; the sessions it opens are not: one for every user.
/// </summary>
/// <param name="folder">Holds the packed assets of npm <c>@mediapipe/face_mesh</c> and their loader script, and our own models.</param>
public sealed class ModelCatalog(string folder)
{
    /// <summary>MediaPipe BlazeFace, short range: finds faces.</summary>
    public static ModelFile FaceDetection { get; } = new(
        "face_detection_short_range.tflite", "3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633", "Apache-2.0");

    /// <summary>MediaPipe Face Mesh: 468 points of one face.</summary>
    public static ModelFile FaceLandmarks { get; } = new(
        "face_landmark.tflite", "c603fa6149219a3e9487dc9abd7a0c24474c77263273d24868378cdf40aa26d1", "Apache-2.0");

    /// <summary>Our own: mouths and sounds from speech.</summary>
    public static ModelFile SpeechToMouth { get; } = new("mouths.onnx", "c530161dcc241d2f5061c794aac28602aa16e00608676849801cda60fe531e86", "Apache-2.0");

    private readonly ConcurrentDictionary<ModelFile, byte[]> loaded = new();

    /// <summary>The models beside the running program.</summary>
    public static ModelCatalog BesideProgram { get; } = new(Path.Combine(AppContext.BaseDirectory, "Models"));



    /// <summary>Opens every model once.</summary>
    /// <exception cref="FileNotFoundException">A model, or what runs it, is missing; the message is for the operator.</exception>
    public void RequireInstalled()
    {
        try
        {
            Open(FaceDetection).Dispose();
            Open(FaceLandmarks).Dispose();
            OpenOnnx(SpeechToMouth).Dispose();
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or JsonException)
        {
            throw new FileNotFoundException($"The models can't be used: {failure.Message}", failure);
        }
        catch (Exception failure) when (NativeLibraries.ReasonNotLoaded(failure) is { } reason)
        {
            throw new FileNotFoundException(reason, failure);
        }
    }

    /// <summary>The model's bytes.</summary>
    /// <exception cref="InvalidDataException">They are not the bytes this build was made for.</exception>
    public ReadOnlyMemory<byte> Read(ModelFile model) => loaded.GetOrAdd(model, Load);

    public ModelSession Open(ModelFile model) => new(model, Read(model).Span);

    /// <summary>A session that may be shared. One thread: frames and jobs already run side by side.</summary>
    public InferenceSession OpenOnnx(ModelFile model)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL };
        return new(Read(model).ToArray(), options);
    }

    private byte[] Load(ModelFile model)
    {
        var bytes = model == SpeechToMouth
            ? File.ReadAllBytes(Path.Combine(folder, model.Name))
            : PackedAssets.Read(folder, "face_mesh_solution_packed_assets", model.Name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return hash == model.Sha256
            ? bytes
            : throw new InvalidDataException($"{model.Name} has SHA-256 {hash}; expected {model.Sha256}. Restore the models anew.");
    }
}
