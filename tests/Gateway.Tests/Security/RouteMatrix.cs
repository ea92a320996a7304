namespace LipSync.Tests.Security;

/// <summary>Who gets which status from a route. A new route needs a line here.</summary>
/// <param name="Route">Method and pattern, as in the routing table.</param>
/// <param name="Owner">The account whose job or other thing it is.</param>
/// <param name="Other">Another account with a key of its own.</param>
/// <param name="NoKey">Nobody.</param>
/// <param name="Revoked">Whoever shows a key that was revoked.</param>
/// <param name="Admin">The operator, who shows nothing but his key.</param>
public sealed record RouteCallers(string Route, int Owner, int Other, int NoKey, int Revoked, int Admin)
{
    private const string Media = "\"audioUrl\":\"https://example.com/a.mp3\",\"videoUrl\":\"https://example.com/v.mp4\"";

    public static IReadOnlyList<RouteCallers> Matrix { get; } =
    [
        Customer("POST /api/v1/lipsync/generate", 202) with { Body = $$"""{{{Media}}}""" },
        Owned("GET /api/v1/lipsync/status/{jobId}", 200),
        Customer("POST /api/v1/lipsync/analyze", 200) with { Body = $$"""{{{Media}}}""" },
        Owned("GET /api/v1/lipsync/analyze/{analysisId}", 200),
        Owned("POST /api/v1/lipsync/jobs/{jobId}/cancel", 200),
        Customer("GET /api/v1/lipsync/jobs", 200),
        Owned("GET /api/v1/lipsync/jobs/{jobId}/events", 200),
        Owned("DELETE /api/v1/lipsync/jobs/{jobId}", 200),
        Customer("POST /api/v1/uploads", 201) with { Query = "?presign=true" },
        Customer("GET /api/v1/keys", 200),
        Customer("POST /api/v1/keys", 201) with { Body = """{"name":"another"}""" },
        Owned("DELETE /api/v1/keys/{keyId}", 200),
        Customer("GET /api/v1/account", 200),
        Customer("GET /api/v1/account/ledger", 200),
        Customer("GET /api/v1/account/usage", 200),
        Operator("GET /api/v1/admin/accounts", 200),
        Operator("GET /api/v1/admin/accounts/{accountId}", 200),
        Operator("PATCH /api/v1/admin/accounts/{accountId}", 200) with { Body = """{"plan":"pro"}""" },
        Operator("POST /api/v1/admin/accounts/{accountId}/credits", 200) with { Body = """{"credits":1}""" },
        Operator("GET /api/v1/admin/queues", 200),
        Anybody("POST /api/v1/auth/signup", 201) with { Body = """{"email":"{new}@example.com","password":"correct horse battery"}""" },
        Anybody("POST /api/v1/auth/login", 401) with { Body = """{"email":"{new}@example.com","password":"correct horse battery"}""" },
        Anybody("POST /api/v1/auth/logout", 200),
        Operator("POST /api/v1/admin/accounts", 201) with { Body = """{"accountId":"{new}","plan":"pro"}""" },
        Operator("GET /api/v1/admin/jobs", 200),
        Operator("PUT /api/v1/admin/users/{email}", 404) with { Body = """{"admin":true}""" },
        Operator("GET /api/v1/admin/silos", 200),
        Operator("POST /api/v1/admin/silos/{worker}/drain", 202),
        Signed("GET /api/v1/media/{**key:minlength(1)}"),
        Signed("HEAD /api/v1/media/{**key:minlength(1)}"),
        Signed("PUT /api/v1/media/uploads/{name:minlength(1)}"),
        Anybody("GET /errors", 200),
        Anybody("GET /health/live", 200),
        Anybody("GET /health/ready", 200),
        Anybody("GET /openapi/{documentName}.json", 200),
        Anybody("GET /docs/{documentName?}", 200),
    ];

    /// <summary>Routes that the API description leaves out, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Undescribed { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["HEAD /api/v1/media/{**key:minlength(1)}"] = "The same as GET, without the content.",
        ["GET /errors"] = "A page for people.",
        ["GET /health/live"] = "For whoever runs the service.",
        ["GET /health/ready"] = "For whoever runs the service.",
        ["GET /openapi/{documentName}.json"] = "The description itself.",
        ["GET /docs/{documentName?}"] = "A page for people.",
    };

    /// <summary>JSON to send; null: no body.</summary>
    public string? Body { get; init; }

    public string Query { get; init; } = "";

    /// <summary>Whether the path holds the id of a thing that has an owner.</summary>
    public bool IsOwned { get; init; }

    /// <summary>Whoever has a key, for himself.</summary>
    private static RouteCallers Customer(string route, int status) => new(route, status, status, 401, 401, 401);

    /// <summary>The owner alone; for anybody else there is no such thing.</summary>
    private static RouteCallers Owned(string route, int status) => new(route, status, 404, 401, 401, 401) { IsOwned = true };

    private static RouteCallers Operator(string route, int status) => new(route, 403, 403, 403, 403, status);

    /// <summary>Whoever has a link; here nobody has.</summary>
    private static RouteCallers Signed(string route) => new(route, 403, 403, 403, 403, 403);

    private static RouteCallers Anybody(string route, int status) => new(route, status, status, status, status, status);
}
