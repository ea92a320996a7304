using System.Net;
using System.Text;

namespace LipSync.Gateway.Errors;

/// <summary>The catalogue of codes as one plain page; <c>type</c> of an error points into it.</summary>
public static class ErrorPage
{
    public static string Html { get; } = Render();

    private static string Render()
    {
        var page = new StringBuilder(
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>LipSync errors</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; }
            th, td { border-bottom: 1px solid #8886; padding: .5rem; text-align: left; vertical-align: top; }
            tr:target { background: #fc03; }
            code { font-size: .95em; }
            </style>
            </head>
            <body>
            <h1>LipSync errors</h1>
            <p>Decide on <code>code</code>; the sentences may change. Report <code>requestId</code> when you ask for help.</p>

            """);
        Table(page, "Answers to a request", RequestErrors.All);
        Table(page, "Failures of a job", JobFailures.All);
        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Table(StringBuilder page, string heading, IReadOnlyList<ApiErrorCode> codes)
    {
        page.Append("<h2>").Append(heading).Append("</h2>\n<table>\n<tr><th>Code</th><th>Cause</th><th>Cure</th></tr>\n");
        foreach (var code in codes)
        {
            page.Append("<tr id=\"").Append(code.Code).Append("\"><td><code>").Append(code.Code).Append("</code>");
            if (code.Status is { } status)
            {
                page.Append("<br>").Append(status);
            }

            page.Append("</td><td>").Append(WebUtility.HtmlEncode(code.Cause))
                .Append("</td><td>").Append(WebUtility.HtmlEncode(code.Cure)).Append("</td></tr>\n");
        }

        page.Append("</table>\n");
    }
}
