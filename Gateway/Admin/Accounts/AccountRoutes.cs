namespace LipSync.Gateway.Admin.Accounts;

public static class AccountRoutes
{
    /// <summary>What the operator does with accounts.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder admin)
    {
        var accounts = admin.MapGroup("/accounts").WithTags("Admin");
        accounts.MapCreateAccount();
        accounts.MapListAccounts();
        accounts.MapShowAccount();
        accounts.MapChangeAccount();
        accounts.MapGrant();
    }
}
