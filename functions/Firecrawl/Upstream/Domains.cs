using System.IO.Enumeration;
using McpGateway.Secrets;

namespace Firecrawl.Upstream;

/// <summary>The domains that may be read: an entry holds its subdomains too, and a denied one wins over an allowed one.</summary>
internal sealed class Domains(FirecrawlOptions options)
{
    private readonly string[] allowed = Parse("FIRECRAWL_ALLOWED_DOMAINS", options.AllowedDomains);
    private readonly string[] denied = Parse("FIRECRAWL_DENIED_DOMAINS", options.DeniedDomains);

    /// <summary>Whether the operator has drawn a line at all.</summary>
    public bool AreBounded => allowed.Length + denied.Length > 0;

    public bool Allows(string host)
    {
        var name = host.TrimEnd('.');
        return !denied.Any(domain => Holds(domain, name)) && (allowed.Length == 0 || allowed.Any(domain => Holds(domain, name)));
    }

    /// <summary>The allowed domains of which nothing may be read, because they are denied as a whole.</summary>
    public IEnumerable<string> FindDenied() =>
        allowed.Where(entry => !entry.Contains('*', StringComparison.Ordinal) && denied.Any(domain => Holds(domain, entry)));

    private static bool Holds(string domain, string host) =>
        domain.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(domain, host) || FileSystemName.MatchesSimpleExpression($"*.{domain}", host)
            : host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="SettingException">An entry is not a domain.</exception>
    private static string[] Parse(string setting, string? value) =>
        [
            .. (value ?? "")
                .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(entry => entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry)
                .Select(entry =>
                    Uri.CheckHostName(entry.Replace('*', 'a')) == UriHostNameType.Unknown
                        ? throw new SettingException(
                            $"{setting} has '{entry}', which is not a domain: use names such as example.com or docs.*.example.com, separated by commas."
                        )
                    : entry.Contains('*', StringComparison.Ordinal) ? entry
                    : new Uri($"http://{entry}").IdnHost
                ),
        ];
}
