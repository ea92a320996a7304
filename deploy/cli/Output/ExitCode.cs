namespace LipSync.Cli.Output;

/// <summary>What a script learns of a run.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The command was given wrongly: an unknown option, a missing file, no key.</summary>
    public const int Usage = 2;

    /// <summary>The service refused: wrong key, unknown job, too few credits, …</summary>
    public const int Refused = 3;

    /// <summary>The job failed or was cancelled.</summary>
    public const int JobFailed = 4;

    /// <summary>The service does not answer, or not properly; the same command may work later.</summary>
    public const int Unavailable = 5;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
