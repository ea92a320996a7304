using LipSync.Media;

namespace LipSync.Models;

public sealed class ModelCatalogTests
{
    public static TheoryData<string> FaceModels => [ModelCatalog.FaceDetection.Name, ModelCatalog.FaceLandmarks.Name];

    [Theory]
    [MemberData(nameof(FaceModels))]
    public void Read_RestoredPackage_GivesTheVerifiedModel(string name)
    {
        var bytes = ModelCatalog.BesideProgram.Read(name == ModelCatalog.FaceDetection.Name ? ModelCatalog.FaceDetection : ModelCatalog.FaceLandmarks);

        Assert.Equal("TFL3"u8, bytes.Span[4..8]);
    }

    [Fact]
    public void Read_OtherBytes_AreRefused()
    {
        using var folder = new TemporaryFolder();
        WriteOtherBytes(folder);

        var refusal = Assert.Throws<InvalidDataException>(() => new ModelCatalog(folder.Path).Read(ModelCatalog.FaceLandmarks));

        // SHA-256 of "234": the right bytes were cut out, and they are not the model.
        Assert.Contains("114bd151f8fb0c58642d2170da4ae7d7c57977260ac2cc8905306cab6b2acabc", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireInstalled_AllThere_Passes() => LipSyncPipeline.Create().RequireInstalled();

    [Fact]
    public void RequireInstalled_NoModels_NamesTheMissingFile()
    {
        using var folder = new TemporaryFolder();

        var failure = Assert.Throws<FileNotFoundException>(() => new ModelCatalog(folder.File("nowhere")).RequireInstalled());

        Assert.Contains(folder.File("nowhere"), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireInstalled_OtherBytes_SaysSo()
    {
        using var folder = new TemporaryFolder();
        WriteOtherBytes(folder);

        var failure = Assert.Throws<FileNotFoundException>(() => new ModelCatalog(folder.Path).RequireInstalled());

        Assert.Contains("Restore the models anew.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReasonNotLoaded_LibraryOfTheSystemMissing_NamesIt()
    {
        var failure = new TypeInitializationException("OpenCvSharp.Internal.NativeMethods", new DllNotFoundException(
            """
            Unable to load shared library 'OpenCvSharpExtern' or one of its dependencies. Consider setting the LD_DEBUG environment variable:
            /opt/lipsync/OpenCvSharpExtern.so: cannot open shared object file: No such file or directory
            libatomic.so.1: cannot open shared object file: No such file or directory
            /opt/lipsync/libOpenCvSharpExtern: cannot open shared object file: No such file or directory
            """));

        Assert.Equal(
            "OpenCV's native library does not load: libatomic.so.1: cannot open shared object file: No such file or directory. It needs libgtk-3-0 and libatomic1.",
            NativeLibraries.ReasonNotLoaded(failure));
    }

    [Fact]
    public void ReasonNotLoaded_OnnxRuntimeMissing_SaysSo() =>
        Assert.Equal(
            "ONNX Runtime's native library does not load.",
            NativeLibraries.ReasonNotLoaded(new TypeInitializationException("Microsoft.ML.OnnxRuntime.NativeMethods", new DllNotFoundException("Unable to load shared library 'onnxruntime' or one of its dependencies."))));

    [Fact]
    public void Locate_FileNotInPackage_Throws() =>
        Assert.Throws<InvalidDataException>(() => PackedAssets.Locate("""loadPackage({"files": []});""", "face_landmark.tflite"));

    private static void WriteOtherBytes(TemporaryFolder folder)
    {
        File.WriteAllText(
            folder.File("face_mesh_solution_packed_assets_loader.js"),
            """
            loadPackage({"files": [
                {"filename": "/a/face_detection_short_range.tflite", "start": 2, "end": 5}, {"filename": "/a/face_landmark.tflite", "start": 2, "end": 5}]});
            """);
        File.WriteAllText(folder.File("face_mesh_solution_packed_assets.data"), "01234567");
    }
}
