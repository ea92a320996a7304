namespace LipSync.Media;

/// <summary>Decoded speech for the models.</summary>
public static class AudioTrack
{
    public const int SampleRate = 16000;

    /// <summary>The file's audio as 16 kHz mono samples, -1 … 1, from time 0 on.</summary>
    public static Task<float[]> Read(string path, CancellationToken cancellationToken) => throw new NotImplementedException();
}
