using LipSync.Users;

namespace LipSync.Tests.Users;

public sealed class LockOutTests
{
    private const int Allowed = 5;

    private static readonly TimeSpan Duration = TimeSpan.FromMinutes(15);
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Begin_OneMoreThanAllowed_WaitsForTheRestAndIsNotCounted()
    {
        var lockOut = AfterAttempts(Allowed);

        var (next, wait) = lockOut.Begin(Allowed, Duration, Start.AddMinutes(5));

        Assert.Equal(TimeSpan.FromMinutes(10), wait);
        Assert.Equal(lockOut, next);
    }

    [Theory]
    [InlineData(Allowed)]
    [InlineData(Allowed - 1)]
    public void Begin_AfterTheDuration_StartsAnew(int attempts)
    {
        var (next, wait) = AfterAttempts(attempts).Begin(Allowed, Duration, Start + Duration);

        Assert.Equal(TimeSpan.Zero, wait);
        Assert.Equal(1, next.Attempts);
    }

    [Fact]
    public void Begin_WhileFailuresGoOn_LocksFromTheLast()
    {
        var (next, _) = AfterAttempts(Allowed - 1).Begin(Allowed, Duration, Start.AddMinutes(14));

        Assert.Equal(Duration, next.Begin(Allowed, Duration, Start.AddMinutes(14)).Wait);
    }

    private static LockOut AfterAttempts(int attempts)
    {
        var lockOut = default(LockOut);
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            (lockOut, var wait) = lockOut.Begin(Allowed, Duration, Start);
            Assert.Equal(TimeSpan.Zero, wait);
        }

        return lockOut;
    }
}
