using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Admin;

/// <summary>Section <c>LipSync:Admin</c>.</summary>
public sealed class AdminOptions
{
    public const string Section = "LipSync:Admin";

    /// <summary>The operator's key, the same at every gateway: 32 characters or more. None: only keys that the cluster issued to administrators open the admin routes.</summary>
    [MinLength(32, ErrorMessage = Section + ":Key is shorter than 32 characters.")] public string? Key { get; set; }
}

[OptionsValidator]
internal sealed partial class AdminOptionsValidator : IValidateOptions<AdminOptions>;
