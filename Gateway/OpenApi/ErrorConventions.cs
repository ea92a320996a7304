using LipSync.Gateway.Errors;

namespace LipSync.Gateway.OpenApi;

/// <summary>On a route: the codes it may refuse with. The API description is made from it.</summary>
public sealed record ErrorsMetadata(IReadOnlyList<ApiErrorCode> Codes);

public static class ErrorConventions
{
    /// <summary>Documents the codes that this route itself may refuse with.</summary>
    public static TBuilder ProducesErrors<TBuilder>(this TBuilder route, params ApiErrorCode[] codes)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new ErrorsMetadata(codes));
}
