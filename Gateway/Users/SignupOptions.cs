using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Users;

public enum SignupMode { Open, Closed }

/// <summary>Section <c>LipSync:Signup</c>: who may make an account for himself.</summary>
public sealed class SignupOptions : IValidatableObject
{
    public const string Section = "LipSync:Signup";

    /// <summary>Closed: only the operator opens accounts.</summary>
    public SignupMode Mode { get; set; } = SignupMode.Open;

    /// <summary>Only addresses of these domains may sign up; none: those of every domain.</summary>
    public IList<string> EmailDomains { get; } = [];

    /// <summary>What a new account may spend: enough to hold ten of the Free plan's longest jobs at once.</summary>
    [Range(0, 1_000_000_000)] public long Credits { get; set; } = 100;

    public bool Welcomes(EmailAddress email) =>
        EmailDomains.Count == 0 || EmailDomains.Any(domain => EmailAddress.TryParse(Sample(domain), out var sample) && sample.Domain == email.Domain);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => EmailDomains
        .Where(domain => !EmailAddress.TryParse(Sample(domain), out _))
        .Select(domain => new ValidationResult($"{Section}:EmailDomains: '{domain}' is not a domain such as example.com."));

    private static string Sample(string domain) => $"user@{domain}";
}

[OptionsValidator]
internal sealed partial class SignupOptionsValidator : IValidateOptions<SignupOptions>;
