using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Users;

/// <summary>Hashes and verifies passwords (PBKDF2 with HMAC-SHA512). They go no further than the gateway.</summary>
public sealed class Passwords
{
    /// <summary>OWASP's Password Storage Cheat Sheet for PBKDF2-HMAC-SHA512; hashes made with fewer are made anew at the next log-in.</summary>
    private const int Iterations = 210_000;

    private readonly PasswordHasher<Passwords> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly string nobodys;

    public Passwords() => nobodys = Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    public string Hash(string password) => hasher.HashPassword(this, password);

    /// <summary>Takes the same time where there is no hash, so that nobody learns who is a user.</summary>
    /// <param name="hash">Null: there is no such user.</param>
    /// <returns>Whether the password is right, and its new hash where the old one should be replaced.</returns>
    public (bool IsRight, string? Rehashed) Verify(string? hash, string password)
    {
        var result = hasher.VerifyHashedPassword(this, hash ?? nobodys, password);
        return hash is null || result == PasswordVerificationResult.Failed
            ? (false, null)
            : (true, result == PasswordVerificationResult.SuccessRehashNeeded ? Hash(password) : null);
    }
}
