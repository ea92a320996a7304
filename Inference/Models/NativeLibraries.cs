namespace LipSync.Models;

/// <summary>Native libraries, which come with their packages but need libraries of the system's.</summary>
internal static class NativeLibraries
{
    private const string OpenCv = "OpenCvSharpExtern";
    private const string OnnxRuntime = "onnxruntime";
    private const int LongestReason = 200;

    /// <summary>Why a library does not load, for the operator; null where the failure is another one.</summary>
    public static string? ReasonNotLoaded(Exception failure) => failure switch
    {
        DllNotFoundException missing when missing.Message.Contains(OnnxRuntime, StringComparison.Ordinal) =>
            $"ONNX Runtime's native library does not load{Missing(missing.Message)}.",
        DllNotFoundException missing => $"OpenCV's native library does not load{Missing(missing.Message)}. It needs libgtk-3-0 and libatomic1.",
        TypeInitializationException { InnerException: { } inner } => ReasonNotLoaded(inner),
        _ => null,
    };

    // One line for every place the loader looked in, and among them the library that it could not find a place for.
    private static string Missing(string message) =>
        message.Split('\n', StringSplitOptions.TrimEntries).FirstOrDefault(line =>
            line.Contains(".so", StringComparison.Ordinal) && !line.Contains(OpenCv, StringComparison.Ordinal)
            && !line.Contains(OnnxRuntime, StringComparison.Ordinal) && line.Length <= LongestReason) is { } line
            ? $": {line}"
            : "";
}
