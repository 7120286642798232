using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GitHub.Api;
using GitHub.Guards;
using GitHub.Selection;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Answers;

/// <summary>
/// A tool of GitHub's. Its schema says no more than a model needs, its result is structured content as well as
/// text, keeps to the <c>fields</c> asked for, and never floods a context.
/// </summary>
internal sealed class GitHubTool(McpServerTool inner, MethodInfo method) : DelegatingMcpServerTool(inner)
{
    /// <summary>The largest result in characters; about what Claude accepts of one tool (25,000 tokens).</summary>
    public const int LongestAnswer = 90_000;

    private readonly Tool tool = ListedTool.Of(inner.ProtocolTool);
    private readonly bool answersData =
        method.ReturnType.GetGenericArguments() is [{ IsValueType: false } answer]
        && answer != typeof(string)
        && answer != typeof(CallToolResult);

    // Those of projects are another thing: ids of the project's own fields.
    private readonly bool selectsFields = method
        .GetParameters()
        .Any(parameter => parameter.Name == "fields" && parameter.IsDefined(typeof(SubsetAttribute)));

    public override Tool ProtocolTool => tool;

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    )
    {
        var arguments = request.Params.Arguments;
        if (arguments is not null)
        {
            Arguments.Tidy(arguments);
        }

        var result = await base.InvokeAsync(request, cancellationToken);
        if (result.Content is not [TextContentBlock { Text: var text } block])
        {
            return result;
        }

        // A tool of many methods may return text (a diff) as well; data is always an object.
        if (answersData && text.StartsWith('{'))
        {
            text = WithNotice(
                selectsFields ? FieldSelection.Apply(text, arguments) : text,
                request.Services?.GetService<LockdownMode>()?.Notice
            );
            if (text.Length <= LongestAnswer)
            {
                using var json = JsonDocument.Parse(text);
                result.StructuredContent = json.RootElement.Clone();
            }
        }

        block.Text = Shorten(text);
        return result;
    }

    /// <summary>First of all, so that no cut takes it away.</summary>
    private static string WithNotice(string json, string? notice)
    {
        if (notice is null || JsonNode.Parse(json) is not JsonObject answer)
        {
            return json;
        }

        answer.Insert(0, "lockdown", notice);
        return answer.ToJsonString(GitHubJson.Options);
    }

    private string Shorten(string text)
    {
        if (text.Length <= LongestAnswer)
        {
            return text;
        }

        var properties = tool.InputSchema.GetProperty("properties");
        var remedies = new[]
        {
            ("fields", "fewer `fields`"),
            ("perPage", "a smaller `perPage`"),
            ("per_page", "a smaller `per_page`"),
            ("tail_lines", "fewer `tail_lines`"),
            ("startLine", "a range of lines"),
            ("pullNumber", "a `path`"),
        }
            .Where(remedy => properties.TryGetProperty(remedy.Item1, out _))
            .Select(remedy => remedy.Item2)
            .ToList();
        return new StringBuilder(text, 0, CutAt(text), LongestAnswer + 300)
            .Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\n… cut here: the result has {text.Length:N0} characters; this is the start. "
            )
            .Append(remedies.Count > 0 ? $"Ask for less with {string.Join(" or ", remedies)}." : "Ask for a part of it.")
            .ToString();
    }

    private static int CutAt(string text) => char.IsHighSurrogate(text[LongestAnswer - 1]) ? LongestAnswer - 1 : LongestAnswer;
}
