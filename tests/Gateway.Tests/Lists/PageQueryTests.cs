using LipSync.Gateway.Json;
using LipSync.Gateway.Lists;

namespace LipSync.Tests.Lists;

public sealed class PageQueryTests
{
    private readonly FieldErrors errors = new();

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("2026-01-01 job_0:ü")]
    public void Cursor_OfTheSameList_SaysThePlace(string place)
    {
        var cursor = Cursor.Write("entries", place);
        Assert.Equal(place, Cursor.Read("entries", cursor));
        Assert.Equal(cursor, Uri.EscapeDataString(cursor));
        Assert.Null(Cursor.Read("jobs", cursor));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42")]
    [InlineData("!")]
    [InlineData("ZW50cmllczo0Mg==x")]
    [InlineData("_____w")]
    public void Read_AnotherText_IsNoCursor(string text)
    {
        Assert.Null(PageQuery.Read("entries", limit: null, text, errors).After);
        Assert.NotNull(errors.ToError());
    }

    [Fact]
    public void Read_LongText_IsNoCursor() => Assert.Null(Cursor.Read("entries", Cursor.Write("entries", new string('a', 500))));

    [Theory]
    [InlineData(null, 20)]
    [InlineData("1", 1)]
    [InlineData("100", 100)]
    public void Read_ALimitThatIsAllowed_IsTheLimit(string? limit, int expected)
    {
        Assert.Equal(new PageQuery(expected, After: null), PageQuery.Read("entries", limit, cursor: null, errors));
        Assert.Null(errors.ToError());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("-1")]
    [InlineData("1e1")]
    [InlineData("")]
    [InlineData("99999999999")]
    public void Read_AnotherLimit_IsRefused(string limit)
    {
        PageQuery.Read("entries", limit, cursor: null, errors);
        Assert.NotNull(errors.ToError());
    }
}
