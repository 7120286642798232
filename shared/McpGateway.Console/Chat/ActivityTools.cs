using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Security.Claims;
using System.Text.Json;
using McpGateway.Authentication;
using McpGateway.Console.Overview;
using McpGateway.State;
using McpGateway.State.Activities;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Console.Chat;

/// <summary>
/// What was called, inside the chat: the same in every service. A caller sees its own calls, and the operator in person everybody's.
/// docs/decisions/0045-callers-see-their-own-calls.md
/// </summary>
public sealed partial class ActivityTools(Activity activity, IOptions<GatewayOptions> options, GatewayService service, TimeProvider time)
{
    private const string Name = "show_activity";
    private const int Longest = 365;
    private const int MostNewest = 15;

    /// <summary>The page, where the host shows pages inside the chat.</summary>
    public static ChatView? View { get; } = ChatView.Find(Name, "activity", Assembly.GetExecutingAssembly());

    /// <summary>
    /// Show the user the calls that you made here: how many, which tools, what failed, the newest. Only when they ask.
    /// </summary>
    /// <param name="days">Up to today; 1 is the last 24 hours</param>
    [McpServerTool(Name = Name, Title = "Show Activity", ReadOnly = true, Destructive = false, Idempotent = true, OpenWorld = false)]
    public async partial Task<CallToolResult> ShowActivityAsync(
        [Range(1, Longest)] int days = 1,
        ClaimsPrincipal? user = null,
        CancellationToken cancellationToken = default
    )
    {
        if (!activity.IsKept)
        {
            throw new McpException("This gateway keeps nothing of what callers do: its operator has set ACTIVITY_DAYS=0.");
        }

        var (now, zone) = (time.GetUtcNow(), options.Value.Zone);
        var span = Span.OfDays(days, now, zone);
        // Whoever was not recognised sees nobody's.
        var caller = user.IsOperator() ? null : user?.CallerName() ?? "";
        var filter = new ActivityFilter
        {
            Caller = caller,
            // Of tools: that a host reads the page of a view is nothing that anybody did.
            Event = ActivityEvent.ToolCall,
            From = span.From,
        };
        var newest = await activity.FindAsync(filter, MostNewest, before: null, cancellationToken);
        var totals = await activity.AddUpAsync(filter, cancellationToken);
        var report = ActivityReport.Of(
            caller,
            span,
            span.Columns(totals.Hours, zone),
            totals,
            newest,
            service.SpendsCredits,
            activity.Lifetime
        );
        return new()
        {
            StructuredContent = JsonSerializer.SerializeToElement(report, ReportJson.Readable.ActivityReport),
            Content = [new TextContentBlock { Text = ReportText.Of(report, zone) }],
        };
    }
}
