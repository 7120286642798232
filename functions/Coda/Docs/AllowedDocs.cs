using System.Text.RegularExpressions;
using Coda.Links;
using McpGateway.Secrets;
using ModelContextProtocol;

namespace Coda.Docs;

/// <summary>The docs the operator allows: CODA_ALLOWED_DOCS.</summary>
internal sealed partial class AllowedDocs
{
    private readonly HashSet<string>? ids;

    public AllowedDocs(CodaOptions options)
    {
        if (!string.IsNullOrWhiteSpace(options.AllowedDocs))
        {
            ids =
            [
                .. options.AllowedDocs.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ReadId),
            ];
        }
    }

    public bool AreLimited => ids is not null;

    /// <summary>The ids, null where every doc is allowed.</summary>
    public IReadOnlyCollection<string>? Ids => ids;

    public bool Contains(string docId) => ids?.Contains(docId) != false;

    /// <exception cref="McpException">The doc is not allowed.</exception>
    public void Check(string docId)
    {
        if (!Contains(docId))
        {
            throw new McpException(
                $"The doc '{docId}' is not among those this gateway may touch (CODA_ALLOWED_DOCS). Ask its operator to allow it."
            );
        }
    }

    private static string ReadId(string entry) =>
        !CodaLink.IsLink(entry)
            ? Id().IsMatch(entry)
                ? entry
                : throw new SettingException(
                    $"CODA_ALLOWED_DOCS: '{entry}' is not the id of a doc, and names can be those of several; use its id, or a link such as "
                        + "https://coda.io/d/Name_dAbCDeFGHij."
                )
            : CodaLink.DocIdOf(entry)
                ?? throw new SettingException(
                    $"CODA_ALLOWED_DOCS: '{entry}' is not a link to a doc; use its id, or a link such as https://coda.io/d/Name_dAbCDeFGHij."
                );

    [GeneratedRegex("^[A-Za-z0-9_-]{8,}$")]
    private static partial Regex Id();
}
