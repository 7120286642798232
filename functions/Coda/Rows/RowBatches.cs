using System.Net;
using System.Text.Json;
using Coda.Mutations;
using Coda.Writes;
using McpGateway.Upstream;
using McpGateway.Upstream.Calls;
using ModelContextProtocol;

namespace Coda.Rows;

/// <summary>
/// Sends many rows in requests that Coda takes, for as long as the call has time: then it says where to go on. When a request fails, it says exactly which rows
/// were acknowledged.
/// </summary>
internal static class RowBatches
{
    private const int MostRows = 100;
    private const int MostBytes = 1_500_000;

    // What is sent later than this before the end may not be answered in time.
    private static readonly TimeSpan ForTheRest = TimeSpan.FromSeconds(12);

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

    /// <summary>Sends part after part, until all are sent or the time is over.</summary>
    /// <param name="from">How many items earlier calls have sent.</param>
    /// <exception cref="McpException">A part failed after others were acknowledged; the message says which.</exception>
    public static async Task<Batch> SendAsync<T>(
        IEnumerable<IReadOnlyList<T>> parts,
        int from,
        int all,
        Func<IReadOnlyList<T>, Task<Accepted>> send,
        IProgress<ProgressNotificationValue> progress
    )
    {
        var accepted = new List<Accepted>();
        var sent = from;
        foreach (var part in parts)
        {
            if (sent > from && StopsHere() is { } reason)
            {
                return new(accepted, from, sent, all, reason);
            }

            try
            {
                accepted.Add(await send(part));
            }
            catch (UpstreamNotAskedException e) when (sent > from)
            {
                return new(accepted, from, sent, all, e.Message);
            }
            catch (UpstreamException e) when (sent > from)
            {
                throw new McpException(Describe(all, from, sent, part.Count, accepted, e));
            }

            sent += part.Count;
            UpstreamCall.Current?.Reached(sent);
            progress.Report(
                new()
                {
                    Progress = sent,
                    Total = all,
                    Message = $"{sent} of {all} rows sent",
                }
            );
        }

        return new(accepted, from, sent, all, null);
    }

    private static string? StopsHere() =>
        WriteCall.Current?.CallerLeft == true ? "The caller stopped waiting."
        : UpstreamCall.Current is { } call && call.Left < ForTheRest ? "The time for this call is over."
        : null;

    private static string Describe(int all, int from, int sent, int failing, IReadOnlyList<Accepted> accepted, UpstreamException e)
    {
        var ids = accepted.SelectMany(part => part.AddedRowIds ?? []).ToList();
        var isRefused = e.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError;
        var fate = isRefused ? "were refused, none of them written" : "may or may not be written: look before you send them again";
        var rest = sent + failing < all ? $"Rows {sent + failing + 1}-{all} were not sent. " : "";
        return $"Interrupted: rows {from + 1}-{sent} of {all} were accepted (requestIds "
            + $"{string.Join(", ", accepted.Select(part => part.RequestId).OfType<string>())}"
            + $"{(ids.Count == 0 ? "" : $"; ids {string.Join(", ", ids)}")}); do not send these again. Rows {sent + 1}-{sent + failing} {fate}. {rest}"
            + $"{(isRefused ? $"To go on, mend them and call again with continueFrom={sent}. " : "")}Cause: {e.Message}";
    }
}

/// <summary>What was sent of many rows.</summary>
/// <param name="From">How many rows earlier calls had sent.</param>
/// <param name="Sent">How many are sent now.</param>
/// <param name="Stopped">Why the rest was not sent.</param>
internal sealed record Batch(IReadOnlyList<Accepted> Accepted, int From, int Sent, int All, string? Stopped)
{
    public IReadOnlyList<string> RequestIds => [.. Accepted.Select(part => part.RequestId).OfType<string>()];

    /// <summary>Where to go on; null when all is sent.</summary>
    public int? ContinueFrom => Sent < All ? Sent : null;

    public string? Note =>
        Sent == All
            ? null
            : $"Rows {From + 1}-{Sent} of {All} are accepted, the others not sent yet: call again with the same rows and continueFrom={Sent}. {Stopped}";
}
