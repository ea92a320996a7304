using LipSync.Gateway.Media;

namespace LipSync.Tests.Media;

public sealed class LinkSignatureTests
{
    private const string Key = "jobs/job_1/output.mp4";
    private const long Expires = 1_000_000;
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private static readonly string Signature = LinkSignature.Compute(Secret, Key, Expires);

    [Theory]
    [InlineData(Expires - 1, LinkState.Valid)]
    [InlineData(Expires, LinkState.Expired)]
    [InlineData(Expires + 1, LinkState.Expired)]
    public void Check_RightSignature_DependsOnTheTime(long now, LinkState expected) =>
        Assert.Equal(expected, LinkSignature.Check(Secret, Key, Expires, Signature, DateTimeOffset.FromUnixTimeSeconds(now)));

    [Fact]
    public void Check_AnyCharacterChanged_IsForged()
    {
        for (var i = 0; i < Signature.Length; i++)
        {
            var changed = Signature[..i] + (Signature[i] == 'A' ? 'B' : 'A') + Signature[(i + 1)..];
            Assert.Equal(LinkState.Forged, LinkSignature.Check(Secret, Key, Expires, changed, DateTimeOffset.UnixEpoch));
        }
    }

    [Theory]
    [InlineData("jobs/job_1/output.mp", Expires)]
    [InlineData("jobs/job_2/output.mp4", Expires)]
    [InlineData(Key, Expires + 1)]
    [InlineData("jobs/job_1/output.mp4\n1", 000000)]
    public void Check_OtherKeyOrTime_IsForged(string key, long expires) =>
        Assert.Equal(LinkState.Forged, LinkSignature.Check(Secret, key, expires, Signature, DateTimeOffset.UnixEpoch));

    [Theory]
    [InlineData("")]
    [InlineData("é")]
    [InlineData("=")]
    public void Check_NoSignatureAtAll_IsForged(string signature) =>
        Assert.Equal(LinkState.Forged, LinkSignature.Check(Secret, Key, Expires, signature, DateTimeOffset.UnixEpoch));

    [Fact]
    public void Check_OtherSecret_IsForged() =>
        Assert.Equal(LinkState.Forged, LinkSignature.Check(new byte[32], Key, Expires, Signature, DateTimeOffset.UnixEpoch));
}
