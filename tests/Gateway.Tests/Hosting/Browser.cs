using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace LipSync.Tests.Hosting;

/// <summary>
/// Keeps the session cookie and sends it as a browser does, with the origin of the page. It keeps the cookie by hand: a cookie's
/// expiry is compared with the machine's clock, and the gateway's stands still.
/// </summary>
internal sealed class Browser(Uri url) : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient client = new(new HttpClientHandler { UseCookies = false }) { BaseAddress = url };

    /// <summary>As it was set, attributes included; empty: none.</summary>
    public string SetCookie { get; private set; } = "";

    /// <summary>Name and value; empty: nobody is signed in.</summary>
    public string Cookie { get; set; } = "";

    /// <summary>Null: the header is left out.</summary>
    public string? Origin { get; set; } = url.GetLeftPart(UriPartial.Authority);

    public static Browser At(WebApplication gateway) => new(new Uri(gateway.Urls.Single()));

    public static string NewEmail() => $"user-{Guid.NewGuid():N}@example.com";

    public Task<HttpResponseMessage> SignUp(string email, string password = Password) => Send("POST", "/api/v1/auth/signup", Body(email, password));

    public Task<HttpResponseMessage> LogIn(string email, string password = Password) => Send("POST", "/api/v1/auth/login", Body(email, password));

    public Task<HttpResponseMessage> LogOut() => Send("POST", "/api/v1/auth/logout");

    public async Task<HttpResponseMessage> Send(string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = json is null ? null : Answers.Json(json);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookie.Length > 0)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        if (Origin is { } origin)
        {
            request.Headers.Add("Origin", origin);
        }

        var response = await client.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var cookies))
        {
            SetCookie = cookies.Single(cookie => cookie.StartsWith("lipsync_session=", StringComparison.Ordinal));
            Cookie = SetCookie.StartsWith("lipsync_session=;", StringComparison.Ordinal) ? "" : SetCookie[..SetCookie.IndexOf(';', StringComparison.Ordinal)];
        }

        return response;
    }

    public async Task<HttpStatusCode> Status(string method, string path, string? json = null)
    {
        using var response = await Send(method, path, json);
        return response.StatusCode;
    }

    public void Dispose() => client.Dispose();

    private static string Body(string email, string password) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"email":{{JsonSerializer.Serialize(email)}},"password":{{JsonSerializer.Serialize(password)}}}""");
}
