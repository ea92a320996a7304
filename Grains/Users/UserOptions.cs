using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace LipSync.Users;

/// <summary>Section <c>LipSync:Users</c>.</summary>
public sealed class UserOptions
{
    public const string Section = "LipSync:Users";

    /// <summary>Attempts to sign in that may fail in a row before the user is locked.</summary>
    [Range(1, 1000)] public int Failures { get; set; } = 5;

    /// <summary>How long a user is locked.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")] public TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Sessions that a user has at a time, one in each browser.</summary>
    [Range(1, 1000)] public int MostSessions { get; set; } = 20;
}

[OptionsValidator]
internal sealed partial class UserOptionsValidator : IValidateOptions<UserOptions>;
