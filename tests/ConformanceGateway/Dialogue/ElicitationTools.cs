using System.Text.Json;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace ConformanceGateway.Dialogue;

/// <summary>Asks the person, by a request of the server's own (revisions before 2026-07-28).</summary>
public sealed partial class ElicitationTools
{
    /// <summary>Asks the person for a name and an address.</summary>
    /// <param name="message">What the person reads.</param>
    [McpServerTool(Name = "test_elicitation", ReadOnly = true)]
    public static partial Task<string> AskAsync(McpServer server, string message, CancellationToken cancellationToken) =>
        AskAsync(server, message, ElicitationForms.Contact, cancellationToken);

    /// <summary>Asks with a default for each primitive type.</summary>
    [McpServerTool(Name = "test_elicitation_sep1034_defaults", ReadOnly = true)]
    public static partial Task<string> AskWithDefaultsAsync(McpServer server, CancellationToken cancellationToken) =>
        AskAsync(server, "Please review the defaults.", ElicitationForms.Defaults, cancellationToken);

    /// <summary>Asks with every form of enumeration.</summary>
    [McpServerTool(Name = "test_elicitation_sep1330_enums", ReadOnly = true)]
    public static partial Task<string> AskWithEnumsAsync(McpServer server, CancellationToken cancellationToken) =>
        AskAsync(server, "Please choose.", ElicitationForms.Enums, cancellationToken);

    private static async Task<string> AskAsync(McpServer server, string message, RequestSchema form, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(new() { Message = message, RequestedSchema = form }, cancellationToken);
        return $"Elicitation completed: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}";
    }
}
