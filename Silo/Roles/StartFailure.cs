using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace LipSync.Silo.Roles;

/// <summary>Why the service did not start, where an operator can mend it.</summary>
public static class StartFailure
{
    /// <summary>A sentence for the operator; null: a fault of ours, which deserves its stack trace.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException invalid => $"The configuration is wrong: {string.Join(' ', invalid.Failures)}",
        ConfigurationException refused => refused.Message,
        FileNotFoundException missing => $"{missing.Message} deploy/setup.sh installs what is missing.",
        SqliteException broken => $"The database in the data folder can't be used: {broken.Message}",
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Choose another address with LIPSYNC_URL.",
        AggregateException { InnerException: { } inner } => Explain(inner),
        _ => null,
    };
}

/// <summary>A setting, or what it points to, can't be used. The message is for the operator.</summary>
public sealed class ConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
