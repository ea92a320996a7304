using LipSync.Gateway.Security;

namespace LipSync.Tests.Security;

public sealed class ApiKeyTests
{
    [Fact]
    public void Generate_Key_HasThePublishedForm()
    {
        var key = ApiKey.Generate();

        Assert.Matches("^ls_live_[0-9a-f]{56}$", key.Reveal());
        Assert.Matches("^[0-9a-f]{64}$", key.Hash);
    }

    [Fact]
    public void Generate_Twice_GivesDifferentKeys() => Assert.NotEqual(ApiKey.Generate().Reveal(), ApiKey.Generate().Reveal(), StringComparer.Ordinal);

    [Fact]
    public void TryParse_GeneratedKey_HasTheSameHash()
    {
        var key = ApiKey.Generate();

        Assert.True(ApiKey.TryParse(key.Reveal(), out var parsed));
        Assert.Equal(key.Hash, parsed.Hash);
    }

    [Fact]
    public void TryParse_AnyCharacterChanged_IsFalse()
    {
        var text = ApiKey.Generate().Reveal();

        for (var i = 0; i < text.Length; i++)
        {
            Assert.False(ApiKey.TryParse(text[..i] + (text[i] == '0' ? '1' : '0') + text[(i + 1)..], out _));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ls_live_")]
    [InlineData("ls_live_00000000000000000000000000000000000000000000000000000000")]
    public void TryParse_NotAKey_IsFalse(string? text) => Assert.False(ApiKey.TryParse(text, out _));

    [Fact]
    public void TryParse_PaddedKey_IsFalse() => Assert.False(ApiKey.TryParse(ApiKey.Generate().Reveal() + " ", out _));

    [Fact]
    public void ToString_Key_HidesTheSecret() => Assert.Equal("ls_live_…", ApiKey.Generate().ToString());

    /// <summary>The hash is the name under which keys are stored: it must never change.</summary>
    [Fact]
    public void Hash_KnownKey_IsItsSha256()
    {
        Assert.True(ApiKey.TryParse("ls_live_000102030405060708090a0b0c0d0e0f10111213141516174e79ef91", out var key));
        Assert.Equal("5707f16306833a61d40f8d46b15edc6d57b68f652d217f96da33ca1c9e8dbce4", key.Hash);
    }
}
