using LipSync.Gateway.Idempotency;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Routing;

namespace LipSync.Tests.Idempotency;

/// <summary>Every POST route takes a key or stands here with the reason why not.</summary>
[Collection(GatewayCollection.Name)]
public sealed class RouteTests(GatewayFixture gateway)
{
    private static readonly Dictionary<string, string> WithoutAKey = new(StringComparer.Ordinal)
    {
        ["/api/v1/auth/login"] = "Its answer is a cookie; logging in again does no harm.",
        ["/api/v1/auth/logout"] = "Logging out again changes nothing.",
        ["/api/v1/auth/signup"] = "Its caller is not known yet; the same address can't sign up twice.",
        ["/api/v1/lipsync/analyze"] = "It changes nothing.",
    };

    [Fact]
    public void PostRoutes_AllWithAnEffect_TakeAKey()
    {
        var posts = gateway.Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST", StringComparer.Ordinal) is true)
            .ToList();

        Assert.NotEmpty(posts);
        Assert.Empty(posts
            .Where(route => route.Metadata.GetMetadata<IdempotentMetadata>() is null)
            .Select(route => $"/{route.RoutePattern.RawText!.Trim('/')}")
            .Except(WithoutAKey.Keys, StringComparer.Ordinal));
    }
}
