using LipSync.Accounts;
using LipSync.Gateway.Limits;
using LipSync.Gateway.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace LipSync.Gateway.Security;

public static class SecurityHosting
{
    /// <summary>Name of the authorization policy of routes that act for an account, and of its scheme.</summary>
    public const string CustomerPolicy = "Customer";

    /// <summary>Name of the authorization policy of the operator's routes, and of its scheme.</summary>
    public const string AdminPolicy = "Admin";

    /// <summary>The name under which all gateways protect data; with another one they would not understand each other.</summary>
    private const string ApplicationName = "LipSync";

    /// <summary>Name of the CORS policy of the API: keys are no ambient credentials, so any origin may send one.</summary>
    public const string AnyOriginPolicy = "AnyOrigin";

    public static IServiceCollection AddApiSecurity(this IServiceCollection services)
    {
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<StandingAccess>();
        services.AddAddressLimits();
        services.AddAuthentication()
            .AddSessionCookie()
            .AddKeyOrSession(CustomerPolicy, ApiKeyHandler.SchemeName, ApiKeyHandler.Header)
            .AddKeyOrSession(AdminPolicy, AdminKeyHandler.SchemeName, AdminKeyHandler.Header)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, AdminKeyHandler>(AdminKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(CustomerPolicy, policy => policy
                .AddAuthenticationSchemes(CustomerPolicy)
                .RequireRole(nameof(ApiKeyScope.Customer)))
            .AddPolicy(AdminPolicy, policy => policy
                .AddAuthenticationSchemes(AdminPolicy)
                .RequireRole(nameof(ApiKeyScope.Admin)));
        services.AddDataProtection().SetApplicationName(ApplicationName);
        services.AddOptions<KeyManagementOptions>().Configure<IGrainFactory>((keys, grains) => keys.XmlRepository = new ClusterKeyRing(grains));
        return services.AddCors(cors => cors.AddPolicy(AnyOriginPolicy, policy => policy
            .AllowAnyOrigin()
            .AllowAnyMethod()
            .AllowAnyHeader()
            .WithExposedHeaders(
                "Location", "Retry-After", "Idempotency-Replayed", "RateLimit", "RateLimit-Policy", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }

    /// <summary>A scheme that takes the key where there is one, else the session cookie.</summary>
    private static AuthenticationBuilder AddKeyOrSession(this AuthenticationBuilder authentication, string scheme, string keyScheme, string header) =>
        authentication.AddPolicyScheme(scheme, displayName: null, options => options.ForwardDefaultSelector = context =>
            !context.Request.Headers.ContainsKey(header) && SessionCookie.IsSentWith(context.Request) ? SessionCookie.SchemeName : keyScheme);
}
