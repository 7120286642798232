using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ConformanceGateway.Rounds;

/// <summary>Tools that end their first round with a question.</summary>
public sealed partial class RoundTools
{
    /// <summary>Asks for a name and greets.</summary>
    [McpServerTool(Name = "test_input_required_result_elicitation", ReadOnly = true)]
    public static partial string AskName(RequestContext<CallToolRequestParams> context) =>
        Questions.TextOf(context.Params.InputResponses, "user_name", "name") is { } name
            ? $"Hello, {name}!"
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["user_name"] = Questions.Text("What is your name?", "name") }
            );

    /// <summary>Asks the client's model.</summary>
    [McpServerTool(Name = "test_input_required_result_sampling", ReadOnly = true)]
    public static partial string AskModel(RequestContext<CallToolRequestParams> context) =>
        context.HasAnswer("capital_question")
            ? $"The model said: {context.Params.InputResponses!["capital_question"].RawValue}"
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["capital_question"] = Questions.Sample("What is the capital of France?") }
            );

    /// <summary>Asks for the client's roots.</summary>
    [McpServerTool(Name = "test_input_required_result_list_roots", ReadOnly = true)]
    public static partial string AskRoots(RequestContext<CallToolRequestParams> context) =>
        context.HasAnswer("client_roots")
            ? $"The roots are: {context.Params.InputResponses!["client_roots"].RawValue}"
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { ["client_roots"] = Questions.Roots() });

    /// <summary>Asks three things at once.</summary>
    [McpServerTool(Name = "test_input_required_result_multiple_inputs", ReadOnly = true)]
    public static partial string AskThreeThings(RequestContext<CallToolRequestParams> context) =>
        context.HasAnswer("user_name") && context.HasAnswer("greeting") && context.HasAnswer("client_roots")
            ? "All three answers came."
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest>
                {
                    ["user_name"] = Questions.Text("What is your name?", "name"),
                    ["greeting"] = Questions.Sample("Generate a greeting"),
                    ["client_roots"] = Questions.Roots(),
                },
                requestState: "three-things"
            );

    /// <summary>Asks two questions, one after the other.</summary>
    [McpServerTool(Name = "test_input_required_result_multi_round", ReadOnly = true)]
    public static partial string AskTwice(RequestContext<CallToolRequestParams> context) =>
        context.Params.RequestState switch
        {
            null => throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["step1"] = Questions.Text("Step 1: What is your name?", "name") },
                requestState: "round-1"
            ),
            "round-1" => throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["step2"] = Questions.Text("Step 2: What is your favorite color?", "color") },
                requestState: "round-2"
            ),
            _ => "Both answers came.",
        };
}
