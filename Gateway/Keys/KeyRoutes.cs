namespace LipSync.Gateway.Keys;

public static class KeyRoutes
{
    /// <summary>An account's own API keys.</summary>
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys");
        keys.MapListKeys();
        keys.MapCreateKey();
        keys.MapRevokeKey();
    }
}
