namespace LipSync.Silo.Roles;

/// <summary>What a silo process does (<c>LipSync:Silo:Role</c>).</summary>
public enum SiloRole
{
    /// <summary>Everything, with the gateway in process: the embedded default.</summary>
    All,
}

public static class SiloRoles
{
    public const string Setting = "LipSync:Silo:Role";

    public static void AddSiloRole(this WebApplicationBuilder builder)
    {
        var role = builder.Configuration.GetValue(Setting, SiloRole.All);
        switch (role)
        {
            case SiloRole.All:
                builder.AddAllRole();
                break;
            default:
                throw new ConfigurationException($"{Setting} is '{role}'. It must be one of: {string.Join(", ", Enum.GetNames<SiloRole>())}.");
        }
    }
}
