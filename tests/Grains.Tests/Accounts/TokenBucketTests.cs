using CsCheck;
using LipSync.Accounts;

namespace LipSync.Tests.Accounts;

public sealed class TokenBucketTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(7)]
    public void Take_AtOneMoment_GrantsExactlyTheLimit(int perMinute)
    {
        var bucket = default(TokenBucket);
        for (var left = perMinute - 1; left >= 0; left--)
        {
            (bucket, var grant) = bucket.Take(perMinute, Start);
            Assert.True(grant.Granted);
            Assert.Equal(left, grant.Remaining);
        }

        var (_, refused) = bucket.Take(perMinute, Start);
        Assert.False(refused.Granted);
        Assert.True(bucket.Take(perMinute, Start + refused.RetryAfter).Grant.Granted);
        Assert.False(bucket.Take(perMinute, Start + refused.RetryAfter - TimeSpan.FromTicks(1)).Grant.Granted);
    }

    [Fact]
    public void Take_AnyArrivals_NeverExceedsBucketPlusRefill() =>
        Gen.Select(Gen.Int[1, 300], Gen.Long[0, TimeSpan.TicksPerSecond * 5].Array[1, 400]).Sample((perMinute, gaps) =>
        {
            var (bucket, now, granted) = (default(TokenBucket), Start, 0);
            foreach (var gap in gaps)
            {
                now += TimeSpan.FromTicks(gap);
                (bucket, var grant) = bucket.Take(perMinute, now);
                granted += grant.Granted ? 1 : 0;
            }

            Assert.True(granted <= perMinute + Math.Ceiling((now - Start).TotalMinutes * perMinute) + 1);
        });

    [Fact]
    public void Take_AfterReset_IsFullAgain()
    {
        var (bucket, grant) = default(TokenBucket).Take(10, Start);
        Assert.Equal(9, bucket.Take(10, Start + grant.Reset).Grant.Remaining);
    }
}
