using McpGateway.Text;
using Microsoft.AspNetCore.Html;
using Microsoft.Extensions.Options;

namespace McpGateway.OAuth.Pages;

/// <summary>Times on pages: how long ago, and exactly, in the operator's time zone, for whoever points at it.</summary>
internal sealed class OperatorTime(IOptions<GatewayOptions> options, TimeProvider time)
{
    private readonly TimeZoneInfo zone = options.Value.Zone;

    public IHtmlContent Of(DateTimeOffset moment) => Moment.Shown(moment, time.GetUtcNow(), zone);

    /// <summary>For texts that nobody can point at.</summary>
    public string Exactly(DateTimeOffset moment) => Moment.Exact(moment, zone);
}
