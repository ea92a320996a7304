using LipSync.Gateway.Users;

namespace LipSync.Tests.Users;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("Ada.Lovelace+lips@EXAMPLE.com", "ada.lovelace+lips@example.com")]
    [InlineData("ada@bücher.example", "ada@xn--bcher-kva.example")]
    [InlineData("o'hara@a-b.example", "o'hara@a-b.example")]
    public void TryParse_Address_HasOneSpelling(string text, string expected)
    {
        Assert.True(EmailAddress.TryParse(text, out var address));
        Assert.Equal(expected, address.Text);
        Assert.Matches("^[0-9a-f]{64}$", address.UserKey);
    }

    [Fact]
    public void UserKey_OfTwoSpellings_IsTheSame()
    {
        Assert.True(EmailAddress.TryParse("ADA@Example.com", out var one));
        Assert.True(EmailAddress.TryParse("ada@example.com", out var other));

        Assert.Equal(one.UserKey, other.UserKey);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@localhost")]
    [InlineData("ada@example.")]
    [InlineData("ada@.com")]
    [InlineData("ada@exa mple.com")]
    [InlineData("ada@exa_mple.com")]
    [InlineData("a da@example.com")]
    [InlineData(" ada@example.com")]
    [InlineData("ada@example.com\n")]
    [InlineData("ada@b@example.com")]
    [InlineData("Ada <ada@example.com>")]
    [InlineData(".ada@example.com")]
    [InlineData("a..da@example.com")]
    [InlineData("ada\0@example.com")]
    [InlineData("ａda@example.com")]
    [InlineData("аda@example.com")]
    public void TryParse_NoAddress_IsFalse(string? text) => Assert.False(EmailAddress.TryParse(text, out _));

    [Fact]
    public void TryParse_HalfACharacter_IsFalse() => Assert.False(EmailAddress.TryParse("ada\uD800@example.com", out _));

    [Fact]
    public void TryParse_LongerThanMailAllows_IsFalse()
    {
        Assert.False(EmailAddress.TryParse(new string('a', 65) + "@example.com", out _));
        Assert.False(EmailAddress.TryParse($"a@{string.Join('.', Enumerable.Repeat("example", 40))}.com", out _));
    }
}
