using System.Collections.Immutable;
using LipSync.Accounts;
using Orleans.Concurrency;

namespace LipSync.Statements;

/// <summary>The table says which accounts there are; what they have, each says itself.</summary>
[GrainType("account-list")]
[StatelessWorker]
public sealed class AccountListGrain(IAccountProjection accounts) : Grain, IAccountListGrain
{
    public async Task<ImmutableArray<AccountView>> List(string? after, int limit, CancellationToken cancellationToken)
    {
        var rows = await accounts.Page(after, limit, cancellationToken);
        return [.. await Task.WhenAll(rows.Select(Describe))];
    }

    private async Task<AccountView> Describe(AccountRow row)
    {
        var view = await GrainFactory.GetGrain<IAccountGrain>(row.AccountId).Describe()
            ?? throw new InvalidOperationException($"Account '{row.AccountId}' is listed but was never opened.");
        return view with { CreatedAt = view.CreatedAt ?? row.CreatedAt };
    }
}
