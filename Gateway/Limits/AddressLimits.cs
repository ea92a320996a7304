using System.ComponentModel.DataAnnotations;
using LipSync.Gateway.Errors;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Limits;

/// <summary>What one address may do in a minute at one gateway.</summary>
public sealed class AddressLimits(IOptions<AddressLimitOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Keys that are nobody's, and log-ins that fail. Revoked and expired keys don't count: nobody guesses those.</summary>
    public AddressLimiter BadCredentials { get; } = new(options.Value.BadCredentials, time);

    public AddressLimiter SignUps { get; } = new(options.Value.SignUps, time);

    public static ApiError TooManyBadCredentials(TimeSpan wait) =>
        new(RequestErrors.RateLimited, "Too many bad keys or failed log-ins came from this address.") { RetryAfter = wait };

    public void Dispose()
    {
        BadCredentials.Dispose();
        SignUps.Dispose();
    }
}

public static class AddressLimitsHosting
{
    public static IServiceCollection AddAddressLimits(this IServiceCollection services)
    {
        services.AddOptions<AddressLimitOptions>().BindConfiguration(AddressLimitOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AddressLimitOptions>, AddressLimitOptionsValidator>());
        return services.AddSingleton<AddressLimits>();
    }
}

/// <summary>Section <c>LipSync:AddressLimits</c>: what one address may do in a minute at one gateway.</summary>
public sealed class AddressLimitOptions
{
    public const string Section = "LipSync:AddressLimits";

    /// <summary>API keys that are nobody's, and log-ins that fail.</summary>
    [Range(1, 1_000_000)] public int BadCredentials { get; set; } = 10;

    /// <summary>Attempts to sign up.</summary>
    [Range(1, 1_000_000)] public int SignUps { get; set; } = 60;
}

[OptionsValidator]
internal sealed partial class AddressLimitOptionsValidator : IValidateOptions<AddressLimitOptions>;
