using Npgsql;

namespace LipSync.Gateway.Cluster;

/// <summary>Failures of the database as sentences for the operator.</summary>
public static class DatabaseFailure
{
    /// <summary>No wait mends it: the login, its rights or the schema.</summary>
    public static bool IsPermanent(Exception exception) => exception is PostgresException { IsTransient: false };

    public static string Explain(NpgsqlException exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"The database refuses the login: {refused.MessageText}. Check user and password in {DatabaseOptions.Section}:ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } refused =>
            $"The database server has no such database: {refused.MessageText}. Create it, or correct {DatabaseOptions.Section}:ConnectionString.",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } refused =>
            $"The database's login lacks a right: {refused.MessageText}. The head of deploy/sql/migrate says which role needs what.",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } refused =>
            $"The database's schema is missing: {refused.MessageText}. Apply it with deploy/sql/migrate.",
        PostgresException refused => $"The database refuses to serve: {refused.MessageText}.",
        _ => $"The database can't be reached: {exception.Message.TrimEnd('.')}. Check that it runs, and host and port in {DatabaseOptions.Section}:ConnectionString.",
    };
}
