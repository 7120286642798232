using System.Reflection;
using GitHub.Context;
using GitHub.Guards;
using GitHub.Selection;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GitHub.Answers;

/// <summary>
/// A tool of GitHub's: arguments are tidied before the call; what is listed (<see cref="ListedTool"/>), the <c>fields</c> asked for and the
/// notice of lockdown each have a class of their own.
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

    private readonly MethodArguments methodArguments = new(method);

    public override Tool ProtocolTool => tool;

    public override async ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default
    )
    {
        var arguments = request.Params.Arguments;
        var isRepaired = false;
        if (arguments is not null)
        {
            Arguments.Tidy(arguments);
            await People.TidyAsync(
                arguments,
                async () => (await request.Services!.GetRequiredService<IContextApi>().GetMeAsync(cancellationToken)).Login
            );
            isRepaired = tool.Annotations?.ReadOnlyHint != true && Arguments.RepairBody(arguments);
        }

        var reads = tool.Annotations?.ReadOnlyHint == true;
        if (!reads)
        {
            methodArguments.Demand(arguments);
        }

        var result = await base.InvokeAsync(request, cancellationToken);
        // A tool of many methods may answer text (a diff) as well; data is always an object.
        if (answersData && result.Content is [TextContentBlock block] && block.Text.StartsWith('{'))
        {
            var selected = selectsFields ? FieldSelection.Apply(block.Text, arguments) : block.Text;
            block.Text = LockdownNotice.AddTo(selected, request.Services?.GetService<LockdownMode>()?.Notice);
        }

        if (reads)
        {
            methodArguments.Tell(arguments, result);
        }

        if (isRepaired && result.IsError != true)
        {
            result.Content = [.. result.Content, new TextContentBlock { Text = Arguments.Repaired }];
        }

        return result;
    }
}
