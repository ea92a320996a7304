using LipSync.Gateway.Errors;

namespace LipSync.Gateway.Json;

/// <summary>A value, or the refusal of the request that should have given one.</summary>
public readonly struct Validated<T>
    where T : class
{
    private readonly T? value;

    private Validated(T? value, ApiError? error) => (this.value, Error) = (value, error);

    /// <summary>Null: <see cref="Value"/> is there.</summary>
    public ApiError? Error { get; }

    public T Value => value ?? throw new InvalidOperationException("The request was refused.");

    public static implicit operator Validated<T>(T value) => new(value, null);

    public static implicit operator Validated<T>(ApiError error) => new(null, error);
}
