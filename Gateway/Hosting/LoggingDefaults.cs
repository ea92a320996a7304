using Microsoft.Extensions.Configuration.Memory;

namespace LipSync.Gateway.Hosting;

/// <summary>What every process of the service logs unless its configuration says otherwise.</summary>
public static class LoggingDefaults
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        // Warns at every start that its first check took as long as the machine has been up.
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        // Orleans' placement retries, a line for every new grain.
        ["Logging:LogLevel:Polly"] = "Warning",
        // Every second, while there is no silo; ConnectUntilReady says it once.
        ["Logging:LogLevel:Orleans.Messaging.GatewayManager"] = "Error",
        // A start that failed, with its stack trace; StartFailure says it in one sentence.
        ["Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host"] = "Critical",
        // Warns that keys are stored as they are: they lie in the database, beside all that they protect.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager"] = "Error",
        // A line for every bad key: whoever guesses would fill the log.
        ["Logging:LogLevel:LipSync.Gateway.Security.ApiKeyHandler"] = "Warning",
        ["Logging:LogLevel:LipSync.Gateway.Security.AdminKeyHandler"] = "Warning",
        ["Logging:Console:FormatterName"] = "simple",
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "HH:mm:ss ",
    };

    /// <summary>Below every other source of the configuration.</summary>
    public static void AddLoggingDefaults(this WebApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings });
}
