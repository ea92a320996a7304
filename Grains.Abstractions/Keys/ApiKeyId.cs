namespace LipSync.Keys;

/// <summary>
/// Key ids: <c>key_</c> and the first 24 digits of the hash. They follow from the key, so that it has the same one wherever it is
/// kept, and tell nothing of the secret.
/// </summary>
public static class ApiKeyId
{
    private const int Digits = 24;

    /// <param name="hash">Lower-case hexadecimal SHA-256 of the secret.</param>
    public static string Of(string hash) => "key_" + hash[..Math.Min(Digits, hash.Length)];
}
