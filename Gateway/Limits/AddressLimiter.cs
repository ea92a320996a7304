using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Caching.Memory;

namespace LipSync.Gateway.Limits;

/// <summary>
/// Counts what comes from one address, in minutes that begin with the first. Each gateway counts for itself: it keeps guessing
/// slow, and the grains need not hear of it. An IPv6 customer has a whole /64, so that counts as one address.
/// </summary>
public sealed class AddressLimiter(int perMinute, TimeProvider time) : IDisposable
{
    private const int MostAddresses = 100_000;
    private const int HostBytesOfIPv6 = 8;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly MemoryCache minutes = new(new MemoryCacheOptions { SizeLimit = MostAddresses });
    private readonly Lock gate = new();

    /// <summary>How long the address must wait; null: it need not.</summary>
    public TimeSpan? Wait(IPAddress? address)
    {
        lock (gate)
        {
            return Running(NetworkOf(address)) is { } minute && minute.Count >= perMinute ? Rest(minute) : null;
        }
    }

    /// <summary>Counts one. How long the address must wait because this one was too many; null: it was not.</summary>
    public TimeSpan? Count(IPAddress? address)
    {
        var network = NetworkOf(address);
        lock (gate)
        {
            var minute = Running(network);
            if (minute is null)
            {
                minute = new Minute(time.GetTimestamp());
                minutes.Set(network, minute, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Window });
            }

            return ++minute.Count > perMinute ? Rest(minute) : null;
        }
    }

    public void Dispose() => minutes.Dispose();

    private Minute? Running(IPAddress network) =>
        minutes.TryGetValue(network, out Minute? minute) && time.GetElapsedTime(minute!.Start) < Window ? minute : null;

    private TimeSpan Rest(Minute minute) => Window - time.GetElapsedTime(minute.Start);

    private static IPAddress NetworkOf(IPAddress? address)
    {
        switch (address)
        {
            case null:
                return IPAddress.None;
            case { IsIPv4MappedToIPv6: true }:
                return address.MapToIPv4();
            case { AddressFamily: AddressFamily.InterNetworkV6 }:
                var bytes = address.GetAddressBytes();
                bytes.AsSpan(HostBytesOfIPv6).Clear();
                return new IPAddress(bytes);
            default:
                return address;
        }
    }

    private sealed class Minute(long start)
    {
        public long Start { get; } = start;

        public int Count { get; set; }
    }
}
