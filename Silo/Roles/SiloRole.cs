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
        var text = builder.Configuration[Setting] ?? nameof(SiloRole.All);
        if (!Enum.TryParse<SiloRole>(text, ignoreCase: true, out var role) || !Enum.IsDefined(role))
        {
            throw new ConfigurationException($"{Setting} is '{text}'. It must be one of: {string.Join(", ", Enum.GetNames<SiloRole>())}.");
        }

        switch (role)
        {
            case SiloRole.All:
                builder.AddAllRole();
                break;
        }
    }
}
