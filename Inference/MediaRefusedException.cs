namespace LipSync;

/// <summary>
/// The input cannot be used. <see cref="Code"/> is one of the contract's job failure codes, the message a sentence for people:
/// what is wrong, with which input, what to do. The inner exception is for logs only. Anything else the engine throws is a bug
/// or a broken machine.
/// </summary>
public sealed class MediaRefusedException(string code, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public string Code { get; } = code;
}
