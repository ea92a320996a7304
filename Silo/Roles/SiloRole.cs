using LipSync.Gateway.Hosting;

namespace LipSync.Silo.Roles;

/// <summary>What a silo process does (<c>LipSync:Silo:Role</c>).</summary>
public enum SiloRole
{
    /// <summary>Everything, with the gateway in process: the embedded default.</summary>
    All,

    /// <summary>Accounts, jobs, queues and the slots that fetch and assemble, in a cluster.</summary>
    Control,

    /// <summary>The slots that make mouths, in a cluster.</summary>
    Gpu,
}

public static class SiloRoles
{
    public const string Setting = "LipSync:Silo:Role";

    /// <exception cref="ConfigurationException">No role of that name.</exception>
    public static SiloRole ReadSiloRole(this IConfiguration configuration)
    {
        var text = configuration[Setting] ?? nameof(SiloRole.All);
        return Enum.TryParse<SiloRole>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role
            : throw new ConfigurationException($"{Setting} is '{text}'. It must be one of: {string.Join(", ", Enum.GetNames<SiloRole>())}.");
    }
}
