using System.Buffers.Binary;
using System.Text;
using LipSync.Media.Probing;

namespace LipSync.Media;

public sealed class IsoBoxesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("encv sinf", "", true)]
    [InlineData("avc1", "encv sinf", false)]
    public async Task Read_MarksOfEncryption_CountInsideTheMovieHeaderOnly(string header, string media, bool encrypted)
    {
        await File.WriteAllBytesAsync(folder.File("file.mp4"), [.. Box("ftyp", "isom"), .. Box("moov", header), .. Box("mdat", media)]);
        await using var file = File.OpenRead(folder.File("file.mp4"));

        Assert.Equal(IsoBoxes.None with { Encrypted = encrypted }, await IsoBoxes.Read(file, CancellationToken.None));
    }

    private static byte[] Box(string type, string contents)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, 8 + contents.Length);
        return [.. size, .. Encoding.ASCII.GetBytes(type + contents)];
    }
}
