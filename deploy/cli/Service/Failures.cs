namespace LipSync.Cli.Service;

/// <summary>The command can't be carried out as it was given.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>The service said no.</summary>
/// <param name="code">Its stable code, such as <c>insufficient_credits</c>.</param>
public sealed class RefusedException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}

/// <summary>The service does not answer, or not as a LipSync service does.</summary>
public sealed class UnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);
