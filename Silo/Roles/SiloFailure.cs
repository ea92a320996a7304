using LipSync.Gateway.Hosting;
using Microsoft.Data.Sqlite;

namespace LipSync.Silo.Roles;

/// <summary>Why a silo did not start, where an operator can mend it: what can befall every process of the service, and a few things more.</summary>
public static class SiloFailure
{
    /// <summary>A sentence for the operator; null: a fault of ours, which deserves its stack trace.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        FileNotFoundException missing => $"{missing.Message} deploy/setup.sh installs what is missing.",
        SqliteException broken => $"The database in the data folder can't be used: {broken.Message}",
        AggregateException { InnerException: { } inner } => Explain(inner),
        _ => StartFailure.Explain(exception),
    };
}
