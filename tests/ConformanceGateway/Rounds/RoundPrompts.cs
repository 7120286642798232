using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Rounds;

/// <summary>A prompt that ends its first round with a question.</summary>
public sealed partial class RoundPrompts
{
    /// <summary>A prompt that asks for its context.</summary>
    [McpServerPrompt(Name = "test_input_required_result_prompt")]
    public static partial string AskContext(RequestContext<GetPromptRequestParams> context) =>
        Questions.TextOf(context.Params.InputResponses, "user_context", "context") is { } given
            ? $"Please continue in this context: {given}"
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["user_context"] = Questions.Text("What context should the prompt use?", "context") }
            );
}
