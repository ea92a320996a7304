using System.Runtime.InteropServices;

namespace LipSync.Users;

/// <summary>Attempts to sign in since the last success. They are forgotten when none came for as long as a lock lasts.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct LockOut(int Attempts, DateTimeOffset ForgottenAt)
{
    /// <summary>Counts an attempt before it is verified.</summary>
    /// <returns>The next state, and how long the user is locked; zero: the attempt may be verified.</returns>
    public (LockOut Next, TimeSpan Wait) Begin(int allowed, TimeSpan duration, DateTimeOffset now)
    {
        var current = now < ForgottenAt ? this : default;
        return current.Attempts >= allowed
            ? (current, current.ForgottenAt - now)
            : (new(current.Attempts + 1, now + duration), TimeSpan.Zero);
    }
}
