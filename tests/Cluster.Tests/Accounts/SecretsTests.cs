using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LipSync.Tests.Processes;

namespace LipSync.Tests.Accounts;

/// <summary>
/// Passwords, keys, session cookies and signed links go through the service in every way a client may send them, right and wrong; afterwards they stand
/// in no log, no table, no stored file and no refusal.
/// </summary>
public sealed class SecretsTests
{
    private const string Password = "planted-Password-4711";
    private const string WrongPassword = "planted-WrongPassword-4712";

    [Fact]
    public async Task Secrets_AfterEverythingAClientMaySend_StandNowhere()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape
        {
            Gpus = 1,
            Settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Logging:LogLevel:Default"] = "Debug",
                ["Logging:LogLevel:LipSync"] = "Trace",
            },
        });
        var refusals = new StringBuilder();
        var secrets = new List<string> { Password, WrongPassword, cluster.AdminKey, cluster.Key };

        using var browser = new HttpClient { BaseAddress = cluster.Gateway.Url };
        secrets.Add(await SignUp(browser, refusals));
        secrets.Add(await NewKey(cluster, refusals));
        secrets.AddRange(await RunAJob(cluster));
        secrets.AddRange(await ShowWrongKeys(cluster, refusals));

        Assert.All(secrets, secret => Assert.True(secret.Length >= 16, "Too short to be looked for."));
        var logs = string.Join('\n', new[] { "gateway-1", "control-1", "gpu-1" }.SelectMany(name => cluster.Named(name).Log));
        Assert.Contains("job_", logs, StringComparison.Ordinal);
        Assert.DoesNotContain(secrets, secret => logs.Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("invalid_api_key", refusals.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secrets, secret => refusals.ToString().Contains(secret, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await FoundInTables(cluster, secrets));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(cluster.Media, "*", SearchOption.AllDirectories),
            file => secrets.Exists(secret => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0));
    }

    [Fact]
    public async Task FoundInTables_OfWhatIsStored_IsFound()
    {
        await using var cluster = await LocalCluster.Start(new ClusterShape { Gpus = 0 });

        Assert.NotEmpty(await FoundInTables(cluster, ["nowhere-to-be-found", LocalCluster.Account]));
    }

    /// <returns>The session's cookie.</returns>
    private static async Task<string> SignUp(HttpClient browser, StringBuilder refusals)
    {
        var user = new { email = "planted@example.com", password = Password };
        using var signup = await browser.PostAsync(Relative("auth/signup"), Json(user));
        Assert.True(signup.IsSuccessStatusCode, await signup.Content.ReadAsStringAsync());
        var cookie = signup.Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=', 2)[1];
        await Refused(await browser.PostAsync(Relative("auth/signup"), Json(user)), refusals);
        await Refused(await browser.PostAsync(Relative("auth/login"), Json(user with { password = WrongPassword })), refusals);
        await Refused(await browser.PostAsync(Relative("auth/login"), Json(new { user.email, password = new[] { WrongPassword } })), refusals);
        await Refused(await browser.PostAsync(Relative("auth/login?password=" + WrongPassword), Json(new { user.email, passwort = WrongPassword })), refusals);
        return cookie;
    }

    /// <returns>A key that was made, and answered twice.</returns>
    private static async Task<string> NewKey(LocalCluster cluster, StringBuilder refusals)
    {
        var first = await ServiceClient.Data(await cluster.Client.Post("/api/v1/keys", new { name = "planted" }, ("Idempotency-Key", "planted")));
        var again = await ServiceClient.Data(await cluster.Client.Post("/api/v1/keys", new { name = "planted" }, ("Idempotency-Key", "planted")));
        var key = first.GetProperty("key").GetString()!;
        Assert.Equal(key, again.GetProperty("key").GetString());
        await Refused(await cluster.Client.Post("/api/v1/keys", new { name = new { key } }), refusals);
        return key;
    }

    /// <returns>The signatures of the links of its uploads and its output.</returns>
    private static async Task<IEnumerable<string>> RunAJob(LocalCluster cluster)
    {
        var (video, speech) = (await cluster.UploadSpeech(1, "video"), await cluster.UploadSpeech(1));
        var job = await cluster.SubmitOnce(new { videoUrl = video, audioUrl = speech, settings = new { maxDuration = 5 } });
        var status = await cluster.Client.UntilEnded(job);
        Assert.Equal("completed", status.GetProperty("status").GetString());
        var output = status.GetProperty("outputUrl").GetString()!;
        using var anonymous = new HttpClient();
        Assert.NotEmpty(await anonymous.GetByteArrayAsync(new Uri(output)));
        return new[] { video, speech, output }.Select(link => System.Web.HttpUtility.ParseQueryString(new Uri(link).Query)["signature"]!);
    }

    /// <returns>Keys and a signature that are nobody's.</returns>
    private static async Task<IEnumerable<string>> ShowWrongKeys(LocalCluster cluster, StringBuilder refusals)
    {
        var mistyped = cluster.Key[..^1] + (cluster.Key[^1] == '0' ? '1' : '0');
        const string forged = "planted-forged-signature-0815";
        using var stranger = new HttpClient { BaseAddress = cluster.Gateway.Url };
        foreach (var (header, path) in new[]
        {
            ("X-API-Key", "account"), ("X-Admin-Key", "admin/silos"), ("Authorization", "account"), ("Idempotency-Key", "account"),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Relative(path));
            request.Headers.TryAddWithoutValidation(header, mistyped);
            await Refused(await stranger.SendAsync(request), refusals);
        }

        await Refused(await stranger.GetAsync(Relative($"media/uploads/0.wav?expires=1&signature={forged}")), refusals);
        await Refused(
            await cluster.Client.Post("/api/v1/lipsync/generate", new { audioUrl = "https://example.com/a", videoUrl = $"https://user:{forged}@example.com/v" }), refusals);
        await Refused(await cluster.Client.Post("/api/v1/lipsync/generate", new { audioUrl = new[] { mistyped } }), refusals);
        return [mistyped, forged];
    }

    private static async Task Refused(HttpResponseMessage response, StringBuilder refusals)
    {
        using (response)
        {
            Assert.InRange((int)response.StatusCode, 400, 499);
            refusals.Append(response.Headers).Append(await response.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Looks through every column of every table, as text and as bytes.</summary>
    private static async Task<IEnumerable<string>> FoundInTables(LocalCluster cluster, IReadOnlyList<string> secrets)
    {
        var columns = JsonSerializer.Deserialize<string[][]>(await cluster.Query<string>(
            "SELECT json_agg(json_build_array(table_name, column_name, data_type))::text FROM information_schema.columns WHERE table_schema = 'public'"))!;
        Assert.Contains(columns, column => column[2] == "bytea");
        var found = new List<string>();
        foreach (var column in columns)
        {
            var (table, name) = ($"\"{column[0]}\"", $"\"{column[1]}\"");
            var sql = column[2] == "bytea"
                ? $"SELECT count(*) FROM {table}, unnest(@texts) AS secret WHERE position(convert_to(secret, 'UTF8') IN {name}) > 0"
                : $"SELECT count(*) FROM {table}, unnest(@texts) AS secret WHERE position(lower(secret) IN lower({name}::text)) > 0";
            if (await cluster.Query<long>(sql, new { texts = secrets.ToArray() }) > 0)
            {
                found.Add($"{column[0]}.{column[1]}");
            }
        }

        return found;
    }

    private static Uri Relative(string path) => new($"/api/v1/{path}", UriKind.Relative);

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), MediaTypeHeaderValue.Parse("application/json"));
}
