using System.Threading.RateLimiting;
using McpGateway.Secrets;
using McpGateway.State;
using McpGateway.Upstream;

namespace Coda.Upstream;

/// <summary>Keeps below Coda's limits, which count per user across all docs: calls queue instead of being refused.</summary>
internal static class CodaLimits
{
    /// <exception cref="SettingException">A limit cannot be read.</exception>
    public static Func<IServiceProvider, PartitionedRateLimiter<HttpRequestMessage>> Of(CodaOptions options, Uri baseUrl)
    {
        (PermitLimit, Func<HttpRequestMessage, bool>)[] limits =
        [
            Limit("CODA_LIMIT_CONTENT_WRITES", options.ContentWrites, kind => kind == CallKind.ContentWrite),
            Limit("CODA_LIMIT_WRITES", options.Writes, kind => kind is CallKind.Write or CallKind.ContentWrite),
            Limit("CODA_LIMIT_READS", options.Reads, kind => kind == CallKind.Read),
            Limit("CODA_LIMIT_DOC_LISTS", options.DocLists, kind => kind == CallKind.DocList),
            Limit("CODA_LIMIT_ANALYTICS", options.Analytics, kind => kind == CallKind.Analytics),
        ];
        return services => new UpstreamLimits<HttpRequestMessage>(services, limits);

        (PermitLimit, Func<HttpRequestMessage, bool>) Limit(string setting, string value, Func<CallKind, bool> counts) =>
            (LimitSetting.Parse(setting, value), request => counts(CallKinds.Of(request, baseUrl)));
    }
}
