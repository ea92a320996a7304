using System.Globalization;
using LipSync.Gateway.Json;

namespace LipSync.Gateway.Lists;

/// <summary>The page that a request asks for by its parameters <c>limit</c> and <c>cursor</c>.</summary>
/// <param name="Limit">Items at most.</param>
/// <param name="After">The place after which the page begins, as <see cref="Cursor.Write"/> was given it; null: at the list's beginning.</param>
public readonly record struct PageQuery(int Limit, string? After)
{
    public const int DefaultLimit = 20;
    public const int LargestLimit = 100;

    /// <param name="list">The list's name, as in its cursors.</param>
    public static PageQuery Read(string list, string? limit, string? cursor, FieldErrors errors)
    {
        var items = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out items) || items is < 1 or > LargestLimit))
        {
            errors.Invalid("limit", $"must be a whole number from 1 to {LargestLimit}.");
        }

        var after = cursor is null ? null : Cursor.Read(list, cursor);
        if (cursor is not null && after is null)
        {
            WrongCursor(errors);
        }

        return new(items, after);
    }

    /// <summary>Also for a place that the list itself can't read.</summary>
    public static void WrongCursor(FieldErrors errors) => errors.Invalid("cursor", "must be the nextCursor of an earlier page of this list.");
}
