using LipSync.Gateway.Admin.Accounts;
using LipSync.Gateway.Security;
using LipSync.Gateway.Users;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Admin;

public static class AdminHosting
{
    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddOptions<AdminOptions>().BindConfiguration(AdminOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AdminOptions>, AdminOptionsValidator>());
        services.AddSingleton<SiloList>();
        return services;
    }

    /// <summary>What only the operator may do.</summary>
    public static void MapAdmin(this IEndpointRouteBuilder api)
    {
        var admin = api.MapGroup("/admin").RequireAuthorization(SecurityHosting.AdminPolicy);
        admin.MapAccounts();
        admin.MapSilos();
        admin.MapJobs();
        admin.MapQueues();
        admin.MapAdministrators();
    }
}
