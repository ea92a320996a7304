using System.Text;
using System.Text.Json;

namespace LipSync.Tests.Hosting;

/// <summary>Reads answers as a client does.</summary>
public static class Answers
{
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> Body(this HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    /// <summary>The names of an object's members, in order.</summary>
    public static string[] Members(this JsonElement json) => [.. json.EnumerateObject().Select(member => member.Name)];

    /// <summary>Asserts the contract's refusal and answers its body.</summary>
    public static async Task<JsonElement> Refusal(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var body = JsonDocument.Parse(text).RootElement;
        Assert.Equal("success type title status detail code requestId error", string.Join(' ', body.Members().Where(name => name is not ("errors" or "jobId"))));
        Assert.False(body.GetProperty("success").GetBoolean());
        Assert.Equal(code, body.GetProperty("code").GetString());
        Assert.Equal(status, body.GetProperty("status").GetInt32());
        Assert.Equal($"/errors#{code}", body.GetProperty("type").GetString());
        Assert.Equal(body.GetProperty("detail").GetString(), body.GetProperty("error").GetString());
        Assert.NotEmpty(body.GetProperty("requestId").GetString()!);
        return body;
    }
}
