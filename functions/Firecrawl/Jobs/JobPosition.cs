using System.Globalization;
using ModelContextProtocol;

namespace Firecrawl.Jobs;

/// <summary>A place among a job's pages. The API counts pages that it does not return, so that a place within such a part is told by both counts.</summary>
/// <param name="Skip">Where the part begins, as the API counts.</param>
/// <param name="Within">How many of the part's pages lie before it.</param>
internal readonly record struct JobPosition(int Skip, int Within = 0)
{
    /// <exception cref="McpException">The value is not a cursor.</exception>
    public static JobPosition Parse(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
        {
            return new(0);
        }

        var numbers = cursor
            .Split('.')
            .Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
            .ToList();
        return numbers switch
        {
            [{ } skip] => new(skip),
            [{ } skip, { } within] => new(skip, within),
            _ => throw new McpException(
                $"cursor='{cursor}' is invalid: give the cursor of the last result, or leave it out for the first pages."
            ),
        };
    }

    public override string ToString() =>
        Within == 0 ? Skip.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Skip}.{Within}");
}
