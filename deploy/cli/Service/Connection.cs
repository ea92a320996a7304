using System.CommandLine;

namespace LipSync.Cli.Service;

/// <summary>Which service, and with which key: options before the environment before the configuration file.</summary>
public sealed class Connection
{
    public const string DefaultUrl = "http://localhost:8080";

    public Option<Uri?> Url { get; } = new("--url")
    {
        Description = $"The service. Else LIPSYNC_URL, the configuration file, or {DefaultUrl}.",
        Recursive = true,
        CustomParser = result =>
        {
            if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https" })
            {
                return url;
            }

            result.AddError("--url must be an http or https URL.");
            return null;
        },
    };

    /// <summary>The service as a customer.</summary>
    /// <exception cref="UsageException">There is no key.</exception>
    public ServiceClient AsCustomer(ParseResult parsed) => Open(
        parsed,
        "X-API-Key",
        Environment.GetEnvironmentVariable("LIPSYNC_API_KEY") ?? Configuration.Read().ApiKey,
        "There is no API key. Set LIPSYNC_API_KEY, or store one with 'lipsync configure'.");

    /// <summary>The service as its operator.</summary>
    /// <exception cref="UsageException">There is no key.</exception>
    public ServiceClient AsOperator(ParseResult parsed) => Open(
        parsed,
        "X-Admin-Key",
        Environment.GetEnvironmentVariable("LIPSYNC_ADMIN_KEY") ?? Configuration.Read().AdminKey,
        "There is no admin key. Set LIPSYNC_ADMIN_KEY, or store one with 'lipsync configure --admin'.");

    private ServiceClient Open(ParseResult parsed, string header, string? key, string lack)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new UsageException(lack);
        }

        var url = parsed.GetValue(Url)?.AbsoluteUri ?? Environment.GetEnvironmentVariable("LIPSYNC_URL") ?? Configuration.Read().Url ?? DefaultUrl;
        return Uri.TryCreate(url, UriKind.Absolute, out var valid) && valid is { Scheme: "http" or "https" }
            ? new ServiceClient(valid, header, key.Trim())
            : throw new UsageException($"'{url}' is no http or https URL. Correct LIPSYNC_URL, or the configuration file {Configuration.Path}.");
    }
}
