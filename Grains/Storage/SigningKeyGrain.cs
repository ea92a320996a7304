using System.Security.Cryptography;

namespace LipSync.Storage;

[GrainType("signing-key")]
public sealed class SigningKeyGrain([PersistentState("signing-key", GrainStorage.Name)] IPersistentState<SigningKeyState> storage)
    : Grain, ISigningKeyGrain
{
    private const int KeyBytes = 32;

    public async Task<byte[]> Get()
    {
        if (!storage.RecordExists)
        {
            await this.Save(storage, new SigningKeyState { Key = RandomNumberGenerator.GetBytes(KeyBytes) });
        }

        return storage.State.Key;
    }
}

[GenerateSerializer, Immutable, Alias("LipSync.SigningKeyState")]
public sealed record SigningKeyState
{
    [Id(0)] public byte[] Key { get; init; } = [];
}
