using System.Net;
using System.Net.Http.Json;
using System.Text;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Service;

/// <summary>Users, sessions and keys of the real service, which dies in between.</summary>
public sealed class SignInTests
{
    private const string Password = "a password that was planted";

    [Fact]
    public async Task Kill_AfterASignUp_LosesNothingAndLeavesNoSecretBehind()
    {
        await using var service = new ServiceProcess();
        await service.Start();
        using var browser = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = service.Url };
        browser.DefaultRequestHeaders.Add("Origin", service.Url.GetLeftPart(UriPartial.Authority));
        using var signup = await browser.PostAsJsonAsync("/api/v1/auth/signup", new { email = "ada@example.com", password = Password });
        Assert.Equal(HttpStatusCode.Created, signup.StatusCode);
        var cookie = signup.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        browser.DefaultRequestHeaders.Add("Cookie", cookie);
        var (kept, revoked) = (await NewKey(browser), await NewKey(browser));
        using var revocation = await browser.DeleteAsync($"/api/v1/keys/{revoked.Id}");
        Assert.Equal(HttpStatusCode.OK, revocation.StatusCode);

        await service.Kill();
        await service.Start();

        Assert.Equal(HttpStatusCode.OK, await Status(browser, "/api/v1/keys"));
        using var login = await browser.PostAsJsonAsync("/api/v1/auth/login", new { email = "ADA@example.com", password = Password });
        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        using var wrong = await browser.PostAsJsonAsync("/api/v1/auth/login", new { email = "ada@example.com", password = Password + "." });
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await Status(service.Url, kept.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(service.Url, revoked.Key));

        await service.Terminate();
        string[] secrets = [Password, cookie["lipsync_session=".Length..], kept.Key, revoked.Key, service.Key];
        Assert.NotEmpty(service.Log);
        Assert.DoesNotContain(service.Log, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
        var files = Directory.EnumerateFiles(service.Data, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("-key", StringComparison.Ordinal)).ToList();
        Assert.Contains(files, file => file.EndsWith("lipsync.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(file);
            Assert.DoesNotContain(secrets, secret => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0);
        }
    }

    private static async Task<(string Id, string Key)> NewKey(HttpClient browser)
    {
        var data = await ServiceClient.Data(await browser.PostAsJsonAsync("/api/v1/keys", new { name = "test" }));
        return (data.GetProperty("id").GetString()!, data.GetProperty("key").GetString()!);
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> Status(Uri url, string key)
    {
        using var client = new HttpClient { BaseAddress = url };
        client.DefaultRequestHeaders.Add("X-API-Key", key);
        return await Status(client, "/api/v1/keys");
    }
}
