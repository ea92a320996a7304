using Microsoft.Extensions.Logging;

namespace LipSync.Accounts;

public sealed partial class AccountGrain
{
    [LoggerMessage(LogLevel.Warning, "{Count} ledger entries, or the row of the account, could not be published; they are kept and tried again.")]
    private partial void LogPublishFailed(Exception exception, int count);
}
