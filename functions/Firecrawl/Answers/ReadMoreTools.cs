using System.Security.Claims;
using McpGateway.Authentication;
using ModelContextProtocol.Server;

namespace Firecrawl.Answers;

/// <summary>The tool that reads on where a result was cut.</summary>
[McpServerToolType]
internal sealed partial class ReadMoreTools(LongAnswers answers)
{
    /// <summary>Reads on where a result was cut (truncated): texts and lists continue at their path. Free; kept for 15 minutes after the last read.</summary>
    /// <param name="cursor">moreCursor of the result before.</param>
    [McpServerTool(Name = "firecrawl_read_more", Title = "Read on", ReadOnly = true, Idempotent = true, OpenWorld = true)]
    public partial string ReadMore(string cursor, ClaimsPrincipal? user = null) => answers.Continue(cursor, user?.CallerName());
}
