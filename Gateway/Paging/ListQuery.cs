using System.Globalization;
using LipSync.Gateway.Errors;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Paging;

/// <summary>Reads the query of a list, and says everything that is wrong with it.</summary>
public sealed class ListQuery
{
    public const int DefaultLimit = 20;
    public const int LargestLimit = 100;

    private readonly IQueryCollection query;
    private readonly FieldErrors errors = new();

    /// <param name="filters">Names that this list knows beside <c>limit</c> and <c>cursor</c>; any other is refused.</param>
    public ListQuery(HttpRequest request, params IReadOnlyList<string> filters)
    {
        query = request.Query;
        foreach (var name in query.Keys.Where(name => name is not ("limit" or "cursor") && !filters.Contains(name, StringComparer.Ordinal)))
        {
            errors.Invalid(name, "is not a parameter of this request.");
        }
    }

    /// <summary>The refusal once everything was read; null: nothing is wrong.</summary>
    public ApiError? Error => errors.ToError();

    /// <summary>1 to 100.</summary>
    public int Limit()
    {
        if (Text("limit") is not { } text)
        {
            return DefaultLimit;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= LargestLimit)
        {
            return limit;
        }

        errors.Invalid("limit", $"must be a whole number from 1 to {LargestLimit}.");
        return DefaultLimit;
    }

    /// <param name="read">The place that a cursor's text stands for; null: none.</param>
    public T? Cursor<T>(Func<string, T?> read)
        where T : class
    {
        if (Text("cursor") is not { } cursor)
        {
            return null;
        }

        var place = Paging.Cursor.Read(cursor) is { } text ? read(text) : null;
        if (place is null)
        {
            errors.Invalid("cursor", "must be the nextCursor of the page before.");
        }

        return place;
    }

    /// <summary>One of an enum's words; null where it was not given.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var words = JsonHosting.NamesOf(typeof(T)).ToList();
        if (words.IndexOf(text) is >= 0 and var index)
        {
            return Enum.GetValues<T>()[index];
        }

        errors.Invalid(name, $"must be one of {string.Join(", ", words)}.");
        return null;
    }

    /// <summary>Null where it was not given.</summary>
    public string? Text(string name)
    {
        var values = query[name];
        if (values.Count > 1)
        {
            errors.Invalid(name, "must be given once.");
        }

        return values.Count == 1 ? values[0] : null;
    }
}
