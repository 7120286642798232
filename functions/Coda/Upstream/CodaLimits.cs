using System.Globalization;
using System.Threading.RateLimiting;
using McpGateway.Secrets;

namespace Coda.Upstream;

/// <summary>Keeps below Coda's limits, which count per user across all docs: calls queue instead of being refused.</summary>
internal static class CodaLimits
{
    private const int Segments = 10;

    // The scarcest first: a call that waits for it holds no place of the others meanwhile.
    public static PartitionedRateLimiter<HttpRequestMessage> Create(CodaOptions options, Uri baseUrl) =>
        PartitionedRateLimiter.CreateChained(
            Bucket("CODA_LIMIT_CONTENT_WRITES", options.ContentWrites, baseUrl, kind => kind == CallKind.ContentWrite),
            Bucket("CODA_LIMIT_WRITES", options.Writes, baseUrl, kind => kind is CallKind.Write or CallKind.ContentWrite),
            Bucket("CODA_LIMIT_READS", options.Reads, baseUrl, kind => kind == CallKind.Read),
            Bucket("CODA_LIMIT_DOC_LISTS", options.DocLists, baseUrl, kind => kind == CallKind.DocList),
            Bucket("CODA_LIMIT_ANALYTICS", options.Analytics, baseUrl, kind => kind == CallKind.Analytics)
        );

    private static PartitionedRateLimiter<HttpRequestMessage> Bucket(string setting, string value, Uri baseUrl, Func<CallKind, bool> counts)
    {
        var (calls, window) = Parse(setting, value);
        return PartitionedRateLimiter.Create<HttpRequestMessage, bool>(request =>
            counts(CallKinds.Of(request, baseUrl))
                ? RateLimitPartition.GetSlidingWindowLimiter(
                    true,
                    _ =>
                        new()
                        {
                            PermitLimit = calls,
                            // A permit comes back up to one segment early: one more of them keeps the window whole.
                            Window = window * (Segments + 1) / Segments,
                            SegmentsPerWindow = Segments + 1,
                            QueueLimit = 1_000,
                            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
                        }
                )
                : RateLimitPartition.GetNoLimiter(false)
        );
    }

    private static (int Calls, TimeSpan Window) Parse(string setting, string value) =>
        value.Split('/') is [var calls, var seconds]
        && int.TryParse(calls, NumberStyles.None, CultureInfo.InvariantCulture, out var permits)
        && permits > 0
        && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var window)
        && window > 0
            ? (permits, TimeSpan.FromSeconds(window))
            : throw new SettingException($"{setting}='{value}' is not a limit: use calls/seconds, such as 100/6.");
}
