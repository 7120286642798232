using System.Text.Json;
using McpGateway.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Arguments;

/// <summary>
/// Says which argument a prompt lacks or does not know, or got in another form than text, which the SDK calls an internal error or leaves out. One
/// that need not be given and has no value is not given.
/// </summary>
internal static class PromptArgumentFilter
{
    public static McpRequestHandler<GetPromptRequestParams, GetPromptResult> Create(
        McpRequestHandler<GetPromptRequestParams, GetPromptResult> next
    ) =>
        (request, cancellationToken) =>
        {
            if (request.MatchedPrimitive is McpServerPrompt { ProtocolPrompt: var prompt })
            {
                request.Params.Arguments = Read(prompt, request.Params.Arguments);
            }

            return next(request, cancellationToken);
        };

    private static Dictionary<string, JsonElement> Read(Prompt prompt, IDictionary<string, JsonElement>? given)
    {
        var known = prompt.Arguments ?? [];
        var read = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in given ?? new Dictionary<string, JsonElement>())
        {
            var argument =
                known.FirstOrDefault(argument => argument.Name == name)
                ?? known.FirstOrDefault(argument => NearName.Plain(argument.Name) == NearName.Plain(name))
                ?? throw Invalid(
                    $"The prompt '{prompt.Name}' has no argument '{Cut.To(name, 50)}': "
                        + (known.Count == 0 ? "it takes none." : $"there are {string.Join(", ", known.Select(argument => argument.Name))}.")
                );
            if (!IsAbsent(value) && !read.TryAdd(argument.Name, TextOf(prompt, argument, value)))
            {
                throw Invalid($"The prompt '{prompt.Name}' got the argument '{argument.Name}' twice: give it once.");
            }
        }

        return known.FirstOrDefault(argument => argument.Required == true && !read.ContainsKey(argument.Name)) is { Name: var missing }
            ? throw Invalid($"The prompt '{prompt.Name}' requires the string argument '{missing}'.")
            : read;
    }

    private static bool IsAbsent(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.GetPropertyCount() == 0,
            JsonValueKind.Array => value.GetArrayLength() == 0,
            _ => Absence.IsNothing(value) || Absence.IsBlank(value),
        };

    /// <summary>A value as the text that it is for a prompt: a number as it is written.</summary>
    private static JsonElement TextOf(Prompt prompt, PromptArgument argument, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => value,
            JsonValueKind.Number => JsonElement.Parse($"\"{value.GetRawText()}\""),
            _ => throw Invalid($"The argument '{argument.Name}' of the prompt '{prompt.Name}' is no string."),
        };

    private static McpProtocolException Invalid(string message) => new(message, McpErrorCode.InvalidParams);
}
