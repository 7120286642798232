using System.Reflection;
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
/// A tool of GitHub's. Its schema says no more than a model needs, and its answer keeps to the <c>fields</c> asked for.
/// </summary>
internal sealed class GitHubTool(McpServerTool inner, MethodInfo method) : DelegatingMcpServerTool(inner)
{
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

        // A tool of many methods may answer text (a diff) as well; data is always an object.
        if (answersData && text.StartsWith('{'))
        {
            text = WithNotice(
                selectsFields ? FieldSelection.Apply(text, arguments) : text,
                request.Services?.GetService<LockdownMode>()?.Notice
            );
            block.Text = text;
        }

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
}
