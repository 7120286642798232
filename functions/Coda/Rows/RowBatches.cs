using System.Net;
using System.Text.Json;
using Coda.Mutations;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>Sends many rows in requests that Coda takes, and when one fails says exactly which rows were acknowledged.</summary>
internal static class RowBatches
{
    private const int MostRows = 100;
    private const int MostBytes = 1_500_000;

    /// <summary>Cuts a list into parts of at most 100 items and 1.5 MB, in order.</summary>
    public static IEnumerable<IReadOnlyList<T>> Split<T>(IReadOnlyList<T> items)
    {
        var part = new List<T>();
        var bytes = 0;
        foreach (var item in items)
        {
            var size = JsonSerializer.SerializeToUtf8Bytes(item, JsonSerializerOptions.Web).Length;
            if (part.Count == MostRows || (part.Count > 0 && bytes + size > MostBytes))
            {
                yield return part;
                part = [];
                bytes = 0;
            }

            part.Add(item);
            bytes += size;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    /// <summary>Sends part after part.</summary>
    /// <exception cref="McpException">A part failed after others were acknowledged; the message says which.</exception>
    public static async Task<IReadOnlyList<Accepted>> SendAsync<T>(
        IReadOnlyList<T> items,
        Func<IReadOnlyList<T>, Task<Accepted>> send,
        IProgress<ProgressNotificationValue> progress
    )
    {
        var accepted = new List<Accepted>();
        var sent = 0;
        foreach (var part in Split(items))
        {
            try
            {
                accepted.Add(await send(part));
            }
            catch (UpstreamException e) when (sent > 0)
            {
                throw new McpException(Describe(items.Count, sent, part.Count, accepted, e));
            }

            sent += part.Count;
            UpstreamCall.Current?.Reached(sent);
            progress.Report(
                new()
                {
                    Progress = sent,
                    Total = items.Count,
                    Message = $"{sent} of {items.Count} rows sent",
                }
            );
        }

        return accepted;
    }

    private static string Describe(int all, int sent, int failing, IReadOnlyList<Accepted> accepted, UpstreamException e)
    {
        var ids = accepted.SelectMany(part => part.AddedRowIds ?? []).ToList();
        var fate =
            e is UpstreamNotAskedException || e.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
                ? "were refused, none of them written"
                : "may or may not be written";
        var rest = sent + failing < all ? $"Rows {sent + failing + 1}-{all} were not sent. " : "";
        return $"Interrupted: rows 1-{sent} of {all} were accepted (requestIds {string.Join(", ", accepted.Select(part => part.RequestId).OfType<string>())}"
            + $"{(ids.Count == 0 ? "" : $"; ids {string.Join(", ", ids)}")}); do not send these again. Rows {sent + 1}-{sent + failing} {fate}. {rest}Cause: {e.Message}";
    }
}
