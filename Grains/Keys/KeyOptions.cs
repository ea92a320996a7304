using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Keys;

/// <summary>Section <c>LipSync:Keys</c>.</summary>
public sealed class KeyOptions
{
    public const string Section = "LipSync:Keys";

    /// <summary>Keys of an account that are alive at a time.</summary>
    [Range(1, 100)] public int MostKeys { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class KeyOptionsValidator : IValidateOptions<KeyOptions>;
