using System.Globalization;
using Microsoft.OpenApi;

namespace LipSync.Gateway.Lists;

public static class PagingConventions
{
    /// <summary>Documents the parameters <c>limit</c> and <c>cursor</c>, which the route reads with <see cref="PageQuery.Read"/>.</summary>
    public static RouteHandlerBuilder WithPaging(this RouteHandlerBuilder route) => route.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>())
        {
            switch (parameter.Name)
            {
                case "limit":
                    parameter.Description = $"Items of a page, at most; {PageQuery.DefaultLimit} where not given.";
                    parameter.Schema = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Integer,
                        Minimum = "1",
                        Maximum = PageQuery.LargestLimit.ToString(CultureInfo.InvariantCulture),
                        Default = PageQuery.DefaultLimit,
                    };
                    break;
                case "cursor":
                    parameter.Description = "The `nextCursor` of the page before; the first page has none.";
                    break;
            }
        }

        return Task.CompletedTask;
    });
}
