namespace LipSync.Gateway.Hosting;

/// <summary>A setting, or what it points to, can't be used. The message is for the operator.</summary>
public sealed class ConfigurationException(string message, Exception? innerException = null) : Exception(message, innerException);
