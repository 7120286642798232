using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>
/// Where a list of rows goes on. Coda's token does not know the conditions that are checked here, so with filters a token of our own
/// holds Coda's, the rows of its page that were given already, and a digest of what was asked.
/// </summary>
/// <param name="Token">Coda's own token; null for the first page.</param>
/// <param name="Skip">Rows of that page that were given already.</param>
internal sealed record RowCursor(string? Token, int Skip, string? Question)
{
    private const string Mark = "rows";

    /// <exception cref="McpException">The token belongs to another question.</exception>
    public static RowCursor Read(string? pageToken, string tableId, RowSelection selection)
    {
        var question = selection.Filters.Count == 0 ? null : DigestOf(tableId, selection);
        if (pageToken?.Split('.', 4) is not [Mark, var asked, var skip, var token])
        {
            // A token of Coda's own knows no filters: its rows would come as if they met them.
            return pageToken is null || question is null ? new(pageToken, 0, question) : throw Foreign();
        }

        return asked == question && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new(token.Length == 0 ? null : token, count, question)
            : throw Foreign();

        static McpException Foreign() =>
            new(
                "pageToken belongs to other filters or another table: repeat docId, tableIdOrName and filters of the previous page, or leave pageToken out."
            );
    }

    public RowCursor On(string token) => this with { Token = token, Skip = 0 };

    /// <summary>The token that goes on at the row of this index.</summary>
    public string? Write(int index) =>
        Question is null ? Token : string.Create(CultureInfo.InvariantCulture, $"{Mark}.{Question}.{index}.{Token}");

    private static string DigestOf(string tableId, RowSelection selection) =>
        Convert.ToHexString(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        new
                        {
                            tableId,
                            selection.Filters,
                            selection.SortBy,
                            selection.VisibleOnly,
                        }
                    )
                )
            ),
            0,
            4
        );
}
