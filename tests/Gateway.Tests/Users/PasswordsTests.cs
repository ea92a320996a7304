using LipSync.Gateway.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LipSync.Tests.Users;

public sealed class PasswordsTests
{
    private readonly Passwords passwords = new();

    [Fact]
    public void Verify_TheSamePassword_IsRightAndKeepsItsHash()
    {
        var hash = passwords.Hash("correct horse battery");

        Assert.Equal((true, null), passwords.Verify(hash, "correct horse battery"));
        Assert.Equal((false, null), passwords.Verify(hash, "correct horse batterY"));
        Assert.DoesNotContain("horse", hash, StringComparison.Ordinal);
        Assert.NotEqual(hash, passwords.Hash("correct horse battery"), StringComparer.Ordinal);
    }

    [Fact]
    public void Verify_OfNobody_IsWrong() => Assert.Equal((false, null), passwords.Verify(hash: null, "correct horse battery"));

    [Fact]
    public void Verify_AgainstAnOldHash_GivesANewOne()
    {
        var old = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(this, "correct horse battery");

        var (isRight, rehashed) = passwords.Verify(old, "correct horse battery");

        Assert.True(isRight);
        Assert.NotNull(rehashed);
        Assert.Equal((true, null), passwords.Verify(rehashed, "correct horse battery"));
    }
}
