using LipSync.Accounts;

namespace LipSync.Gateway.Limits;

/// <summary>On a route: which of the account's rate limits its requests count against.</summary>
public sealed record RequestClassMetadata(RequestClass RequestClass);

public static class RequestClassConventions
{
    /// <summary>Counts the route's requests against this limit of the caller's plan.</summary>
    public static TBuilder CountAs<TBuilder>(this TBuilder route, RequestClass requestClass)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new RequestClassMetadata(requestClass));
}
