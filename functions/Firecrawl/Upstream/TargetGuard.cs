using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using McpGateway.Networking;
using McpGateway.Text;
using ModelContextProtocol;

namespace Firecrawl.Upstream;

/// <summary>
/// Refuses URLs that lead into a private network: Firecrawl, if self-hosted, stands in the operator's own. Every address of
/// a name counts; a name that cannot be resolved is refused, for only Firecrawl would know where it leads.
/// </summary>
internal sealed partial class TargetGuard(FirecrawlOptions options, Domains domains, PublicNetwork network)
{
    private const int LookupsAtOnce = 16;
    private const string Remedy = "Private addresses are refused unless the operator sets FIRECRAWL_ALLOW_PRIVATE=true.";

    /// <summary>What is wrong with each of many URLs, null where nothing is; their names are looked up side by side.</summary>
    public async Task<McpException?[]> JudgeAsync(string field, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        var problems = new McpException?[values.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, values.Count),
            new ParallelOptions { MaxDegreeOfParallelism = LookupsAtOnce, CancellationToken = cancellationToken },
            async (index, token) =>
            {
                try
                {
                    await CheckAsync($"{field}[{index}]", values[index], token);
                }
                catch (McpException e)
                {
                    problems[index] = e;
                }
            }
        );
        return problems;
    }

    /// <exception cref="DeadTargetException">The value is not a URL, or its name cannot be resolved.</exception>
    /// <exception cref="McpException">The value is not of the web, or leads to an address that is not public.</exception>
    public async Task CheckAsync(string field, string value, CancellationToken cancellationToken)
    {
        // The API puts http:// before what has no scheme.
        var text = value.Trim();
        text = HasScheme().IsMatch(text) || LacksSlashes().IsMatch(text) ? text : $"http://{text}";
        // What URL parsers read differently is not accepted as a URL here.
        if (
            text.Any(letter => letter is '\\' || char.IsControl(letter) || char.IsWhiteSpace(letter))
            || LacksSlashes().IsMatch(text)
            || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Host.Length == 0
        )
        {
            throw new DeadTargetException(
                $"{field}='{Shorten(value)}' is not a web address: use http://… or https://….",
                $"'{Shorten(value)}' is not a web address"
            );
        }

        RefuseForeign(url, field, value);
        if (!options.AllowPrivate && Authority().Match(text).Groups["host"].Value.Any(letter => !char.IsAscii(letter) || letter == '%'))
        {
            // A scraper's browser would map ⓘnside.example to inside.example, and what was looked up here would not be what it fetches.
            throw new McpException(
                $"{field}='{Shorten(value)}' has a host name that URL parsers read differently; nothing was sent. Write it as '{Shorten(url.IdnHost)}'."
            );
        }

        if (!options.AllowPrivate && !await IsPublicAsync(url, field, cancellationToken))
        {
            throw new McpException($"{field}='{Shorten(value)}' leads to a private, local or reserved address; nothing was sent. {Remedy}");
        }
    }

    private void RefuseForeign(Uri url, string field, string value)
    {
        // Who is called back is not what is read.
        if (!field.StartsWith("webhook", StringComparison.Ordinal) && !domains.Allows(url.IdnHost))
        {
            throw new McpException(
                $"{field}='{Shorten(value)}' is refused: this gateway may not read that domain (FIRECRAWL_ALLOWED_DOMAINS, "
                    + "FIRECRAWL_DENIED_DOMAINS); nothing was sent."
            );
        }
    }

    private async Task<bool> IsPublicAsync(Uri url, string field, CancellationToken cancellationToken)
    {
        var host = url.IdnHost.Trim('[', ']').TrimEnd('.');
        if (IPAddress.TryParse(host, out var address))
        {
            return PublicNetwork.IsPublic(address);
        }

        try
        {
            return (await network.FindPublicAsync(host, cancellationToken)).Length > 0;
        }
        catch (SocketException)
        {
            // A name of one word is one of the operator's network; any other is mistyped or gone.
            var remedy = host.Contains('.', StringComparison.Ordinal) ? "Check how it is written." : Remedy;
            throw new DeadTargetException(
                $"{field}: the name '{Shorten(host)}' cannot be resolved; nothing was sent. {remedy}",
                $"the name '{Shorten(host)}' cannot be resolved"
            );
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9+.-]*://", RegexOptions.IgnoreCase)]
    private static partial Regex HasScheme();

    [GeneratedRegex("^https?:(?!//)", RegexOptions.IgnoreCase)]
    private static partial Regex LacksSlashes();

    [GeneratedRegex("://([^/?#]*@)?(?<host>[^/?#]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Authority();

    private static string Shorten(string value) => Cut.To(value, 200);
}
