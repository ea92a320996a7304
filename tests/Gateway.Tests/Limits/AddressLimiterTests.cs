using System.Net;
using LipSync.Gateway.Limits;
using Microsoft.Extensions.Time.Testing;

namespace LipSync.Tests.Limits;

public sealed class AddressLimiterTests : IDisposable
{
    private static readonly IPAddress Address = IPAddress.Parse("203.0.113.9");

    private readonly FakeTimeProvider time = new();
    private readonly AddressLimiter limiter;

    public AddressLimiterTests() => limiter = new AddressLimiter(perMinute: 3, time);

    public void Dispose() => limiter.Dispose();

    [Fact]
    public void Count_OneTooMany_WaitsForTheRestOfTheMinute()
    {
        Assert.Null(limiter.Count(Address));
        time.Advance(TimeSpan.FromSeconds(20));
        Assert.Null(limiter.Count(Address));
        Assert.Null(limiter.Wait(Address));
        Assert.Null(limiter.Count(Address));

        Assert.Equal(TimeSpan.FromSeconds(40), limiter.Wait(Address));
        Assert.Equal(TimeSpan.FromSeconds(40), limiter.Count(Address));
        time.Advance(TimeSpan.FromSeconds(40));
        Assert.Null(limiter.Wait(Address));
        Assert.Null(limiter.Count(Address));
    }

    [Fact]
    public void Count_ManyAtOnce_LetsExactlyTheLimitPass()
    {
        var refused = 0;

        Parallel.For(0, 1000, _ => Interlocked.Add(ref refused, limiter.Count(Address) is null ? 0 : 1));

        Assert.Equal(997, refused);
    }

    [Theory]
    [InlineData("203.0.113.9", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "203.0.113.10", false)]
    [InlineData("203.0.113.9", "::ffff:203.0.113.9", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Wait_OfAnotherAddress_IsTheSameInOneNetworkOnly(string counted, string asked, bool same)
    {
        for (var number = 0; number < 3; number++)
        {
            limiter.Count(IPAddress.Parse(counted));
        }

        Assert.Equal(same, limiter.Wait(IPAddress.Parse(asked)) is not null);
    }
}
