namespace LipSync.Accounts;

/// <summary>Whose routes a key opens.</summary>
public enum ApiKeyScope { Customer, Admin }
