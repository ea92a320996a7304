using System.Text;
using LipSync.Gateway.Json;
using LipSync.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LipSync.Tests.Json;

/// <summary>What is said of bodies that don't fit.</summary>
public sealed class JsonBodyTests
{
    public static TheoryData<string, string, string> Mismatches => new()
    {
        { """{"name":1}""", "name", "must be a string, given once." },
        { """{"count":"1"}""", "count", "must be a whole number, given once." },
        { """{"count":1.5}""", "count", "must be a whole number, given once." },
        { """{"count":1e99}""", "count", "must be a whole number, given once." },
        { """{"large":[]}""", "large", "must be a whole number, given once." },
        { """{"on":1}""", "on", "must be true or false, given once." },
        { """{"at":"tomorrow"}""", "at", "must be a time in ISO 8601, such as 2026-05-01T12:00:00Z, given once." },
        { """{"part":"x"}""", "part", "must be an object, given once." },
        { """{"part":{"size":"x"}}""", "part.size", "must be a number, given once." },
        { """{"part":{"colour":"x"}}""", "part.colour", "is not a field of this request." },
        { """{"part":{"two words":"x"}}""", "part.two words", "is not a field of this request." },
        { """{"part":{"it's":"x"}}""", "part.it's", "is not a field of this request." },
        { """{"colour":"x"}""", "colour", "is not a field of this request." },
        { """{"Name":"x"}""", "Name", "is not a field of this request." },
        { """{"parts":{}}""", "parts", "must be a list, given once." },
        { """{"parts":[{"size":1},{"size":true}]}""", "parts[1].size", "must be a number, given once." },
        { """{"parts":[{"size":1},{"weight":1}]}""", "parts[1].weight", "is not a field of this request." },
        { """{"words":["a",2]}""", "words[1]", "must be a string, given once." },
        { """{"labels":{"a":"b","c":1}}""", "labels.c", "must be a string, given once." },
        { """{"labels":{"a.b":1}}""", "labels.a.b", "must be a string, given once." },
        { """{"labels":[]}""", "labels", "must be an object, given once." },
        { """{"name":"a","name":"b"}""", "name", "must be a string, given once." },
    };

    [Theory]
    [MemberData(nameof(Mismatches))]
    public async Task Read_FieldThatDoesNotFit_NamesIt(string json, string field, string message)
    {
        var errors = (await Refusal(json)).GetProperty("errors");

        Assert.Equal([field], errors.Members());
        Assert.Equal(message, errors.GetProperty(field)[0].GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"name":'x'}""")]
    [InlineData("""{"name":"x",}""")]
    [InlineData("""{"name":"x"} {"name":"y"}""")]
    public async Task Read_NotJson_SaysWhere(string json) =>
        Assert.Contains("line 1", (await Refusal(json)).GetProperty("error").GetString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"x\"")]
    public async Task Read_NoObject_SaysSo(string json) =>
        Assert.Equal("The body must be a JSON object.", (await Refusal(json)).GetProperty("error").GetString());

    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public async Task Read_Deep_IsTakenUpToThirtyTwoLevels(int depth, bool taken)
    {
        var json = string.Concat(Enumerable.Repeat("{\"part\":", depth - 1)) + "{}" + new string('}', depth - 1);

        Assert.Equal(taken, (await Read(json)).Error is null);
    }

    [Fact]
    public async Task Read_WhatFits_IsTaken()
    {
        var wanted = (await Read("""{"name":"n","count":3,"part":{"size":2.5},"words":["a"],"labels":{"a.b":"c"},"at":"2026-01-02T03:04:05Z"}""")).Value;

        Assert.Equal(("n", 3, 2.5, "a", "c"), (wanted.Name, wanted.Count, wanted.Part!.Size, wanted.Words![0], wanted.Labels!["a.b"]));
    }

    private static async Task<System.Text.Json.JsonElement> Refusal(string json)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddLogging().AddApiJson().BuildServiceProvider() };
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        var refusal = (await Read(json)).Error;
        Assert.NotNull(refusal);
        await refusal.ExecuteAsync(context);
        Assert.Equal(400, context.Response.StatusCode);
        return System.Text.Json.JsonDocument.Parse(answer.ToArray()).RootElement;
    }

    private static Task<Validated<Wanted>> Read(string json)
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return JsonBody.Read<Wanted>(request, CancellationToken.None);
    }

    public sealed record Wanted
    {
        public string? Name { get; init; }

        public int? Count { get; init; }

        public long? Large { get; init; }

        public bool? On { get; init; }

        public DateTimeOffset? At { get; init; }

        public Wanted? Part { get; init; }

        public double? Size { get; init; }

        public IReadOnlyList<Wanted>? Parts { get; init; }

        public IReadOnlyList<string>? Words { get; init; }

        public IReadOnlyDictionary<string, string>? Labels { get; init; }
    }
}
