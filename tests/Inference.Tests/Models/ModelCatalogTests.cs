using LipSync.Media;

namespace LipSync.Models;

public sealed class ModelCatalogTests
{
    public static TheoryData<string> Names => [.. ModelCatalog.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_RestoredPackage_GivesTheVerifiedModel(string name)
    {
        var bytes = ModelCatalog.BesideProgram.Read(ModelCatalog.All.Single(model => model.Name == name));

        Assert.Equal("TFL3"u8, bytes.Span[4..8]);
    }

    [Fact]
    public void Read_OtherBytes_AreRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(
            folder.File("face_mesh_solution_packed_assets_loader.js"), """loadPackage({"files": [{"filename": "/a/face_landmark.tflite", "start": 2, "end": 5}]});""");
        File.WriteAllText(folder.File("face_mesh_solution_packed_assets.data"), "01234567");

        var refusal = Assert.Throws<InvalidDataException>(() => new ModelCatalog(folder.Path).Read(ModelCatalog.FaceLandmarks));

        // SHA-256 of "234": the right bytes were cut out, and they are not the model.
        Assert.Contains("114bd151f8fb0c58642d2170da4ae7d7c57977260ac2cc8905306cab6b2acabc", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_FileNotInPackage_Throws() =>
        Assert.Throws<InvalidDataException>(() => PackedAssets.Locate("""loadPackage({"files": []});""", "face_landmark.tflite"));
}
