using System.Net.Sockets;
using LipSync.Gateway.Cluster;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace LipSync.Gateway.Hosting;

/// <summary>Why a process of the service did not start, where an operator can mend it.</summary>
public static class StartFailure
{
    /// <summary>A sentence for the operator; null: a fault of ours, which deserves its stack trace.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException invalid => $"The configuration is wrong: {string.Join(' ', invalid.Failures)}",
        ConfigurationException refused => refused.Message,
        NpgsqlException database => DatabaseFailure.Explain(database),
        IOException { InnerException: AddressInUseException } => $"{exception.Message} Choose another address with LIPSYNC_URL, or ASPNETCORE_URLS where no script starts it.",
        SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } =>
            "A port of the cluster is in use: choose others with LipSync:Cluster:SiloPort and LipSync:Cluster:GatewayPort.",
        { InnerException: { } inner } => Explain(inner),
        _ => null,
    };
}
