using System.Collections.Immutable;
using LipSync.Accounts;

namespace LipSync.Statements;

/// <summary>All accounts, for the operator. Its key may be any: every silo answers for itself.</summary>
[Alias("LipSync.IAccountListGrain")]
public interface IAccountListGrain : IGrainWithIntegerKey
{
    /// <summary>At most <paramref name="limit"/> accounts in the order of their ids, after the given one, each as it is now. An account that was opened a moment ago may be missing.</summary>
    [Alias("List"), ResponseTimeout("00:00:20")]
    Task<ImmutableArray<AccountView>> List(string? after, int limit, CancellationToken cancellationToken);
}
