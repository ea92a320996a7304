namespace LipSync.Media;

internal sealed class TemporaryFolder : IDisposable
{
    // The name carries what breaks careless quoting.
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lip sync's test-");

    public string Path => folder.FullName;

    public string File(string name) => System.IO.Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);
}
