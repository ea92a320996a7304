using System.Data.Common;
using System.Net.Sockets;
using Orleans.Serialization;

namespace LipSync.Gateway.Errors;

/// <summary>Tells what breaks with a machine, a connection or a disk, and works again later, from a fault of ours.</summary>
public static class BrokenMachine
{
    /// <summary>Namespaces, beyond those that Orleans knows, of the exceptions that a grain may throw and a gateway must understand.</summary>
    private static readonly string[] Thrown = ["Npgsql"];

    /// <summary>Grains' exceptions arrive as what they were; of types that are not named here, only the text would.</summary>
    public static IServiceCollection AddMachineExceptions(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.UnionWith(Thrown));

    /// <summary>A database, silo or gateway that doesn't answer, a lost connection or a full disk is among the exception's causes.</summary>
    public static bool IsBehind(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is TimeoutException or OrleansException or DbException or IOException or SocketException or HttpRequestException
                or OperationCanceledException)
            {
                return true;
            }
        }

        return false;
    }
}
