namespace LipSync.Gateway.Accounts;

public static class AccountRoutes
{
    /// <summary>What a customer may see of his own account.</summary>
    public static void MapAccount(this IEndpointRouteBuilder customer)
    {
        var account = customer.MapGroup("/account").WithTags("Account");
        account.MapShowAccount();
        account.MapLedger();
        account.MapUsage();
    }
}
