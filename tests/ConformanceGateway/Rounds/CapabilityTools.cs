using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Rounds;

/// <summary>Tools that look at what the client says it can do.</summary>
public sealed partial class CapabilityTools
{
    /// <summary>Works only for clients that have a model.</summary>
    [McpServerTool(Name = "test_missing_capability", ReadOnly = true)]
    public static partial string NeedModel(McpServer server) =>
        server.ClientCapabilities?.Sampling is not null
            ? "The client has a model."
            : throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Sampling = new() },
                "This tool needs a client with the sampling capability."
            );

    /// <summary>Asks only what the client can answer.</summary>
    [McpServerTool(Name = "test_input_required_result_capabilities", ReadOnly = true)]
    public static partial string AskWhatIsPossible(RequestContext<CallToolRequestParams> context)
    {
        var can = context.Server.ClientCapabilities;
        var questions = new Dictionary<string, InputRequest>();
        if (can?.Sampling is not null)
        {
            questions["capital_question"] = Questions.Sample("What is the capital of France?");
        }

        if (can?.Elicitation is not null)
        {
            questions["user_name"] = Questions.Text("What is your name?", "name");
        }

        if (can?.Roots is not null)
        {
            questions["client_roots"] = Questions.Roots();
        }

        return questions.Count == 0 || context.Params.InputResponses is { Count: > 0 }
            ? "Nothing more to ask."
            : throw new InputRequiredException(questions);
    }
}
