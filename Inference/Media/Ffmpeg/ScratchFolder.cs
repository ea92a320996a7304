namespace LipSync.Media.Ffmpeg;

/// <summary>
/// A folder beside an output file for what is written on the way to it; on the same file system, so that the finished file can
/// be moved to its place in one step. Disposing removes it.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string output;

    public ScratchFolder(string output)
    {
        this.output = System.IO.Path.GetFullPath(output);
        Path = $"{this.output}.{Guid.NewGuid():n}.tmp";
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Puts a finished file in the output's place.</summary>
    public void Publish(string name) => System.IO.File.Move(File(name), output, overwrite: true);

    public void Dispose()
    {
        // Whoever cleans the output's folder may have been faster.
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
