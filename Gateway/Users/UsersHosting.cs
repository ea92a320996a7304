using LipSync.Gateway.Sessions;
using Microsoft.AspNetCore.Cors;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LipSync.Gateway.Users;

public static class UsersHosting
{
    public static IServiceCollection AddUsers(this IServiceCollection services)
    {
        services.AddOptions<SignupOptions>().BindConfiguration(SignupOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignupOptions>, SignupOptionsValidator>());
        return services.AddSingleton<Passwords>();
    }

    /// <summary>How people come in. Pages of other origins are none of them.</summary>
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Users").WithMetadata(new OwnOriginMetadata(), new DisableCorsAttribute());
        auth.MapSignUp();
        auth.MapLogIn();
        auth.MapLogOut();
    }
}
