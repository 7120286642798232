using McpGateway.Authentication;
using McpGateway.Hosting;
using McpGateway.Http;
using McpGateway.Secrets;
using McpGateway.State;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Arguments;
using McpGateway.Tools.Auditing;
using McpGateway.Tools.Budgets;
using McpGateway.Tools.Callers;
using McpGateway.Tools.Describing;
using McpGateway.Tools.Errors;
using McpGateway.Tools.Guards;
using McpGateway.Tools.Schemas;
using McpGateway.Tools.Selection;
using McpGateway.Tools.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.AspNetCore;
using ModelContextProtocol.Server;

namespace McpGateway.Tools;

/// <summary>The MCP server of a gateway.</summary>
public static class McpExtensions
{
    extension(GatewayBuilder gateway)
    {
        /// <summary>Where tools, prompts and resources are added.</summary>
        public IMcpServerBuilder Mcp => gateway.Services.AddMcpServer();
    }

    /// <summary>The MCP server: its name, its transport, and the filters every tool call passes, outermost first.</summary>
    public static GatewayBuilder AddMcp(this GatewayBuilder gateway)
    {
        var service = gateway.Service;
        var options = gateway.AddSettings<McpOptions>();
        if (options.ReadOnly)
        {
            gateway.Warnings.NoEffect("CONFIRM_DESTRUCTIVE", "READ_ONLY=true leaves no tool that deletes or overwrites.");
        }

        gateway.AddState();
        gateway.AddEarlyService<LeanSchemas>();
        gateway.Services.AddSingleton<ApprovalDesk>();
        gateway.Services.AddSingleton<ThingFinder>();
        gateway.Services.AddSingleton<ServerDescriptions>();
        gateway.Services.AddSingleton<Purses>();
        gateway.Services.AddSingleton<RightsCheck>();
        gateway.Services.AddSingleton<TokenBook>();
        gateway.Services.AddHostedService(services => services.GetRequiredService<RightsCheck>());
        gateway.Services.AddSingleton<LargeBodies>();
        gateway.Services.AddSingleton<AnswerStore>();
        gateway.Services.AddSingleton<SharedAnswers>();
        gateway.Services.AddSingleton<LongAnswers>();
        gateway.Services.AddSingleton(services => new ToolSelection(services.GetService<ToolChoice>() ?? ToolChoice.OfAll));
        gateway.Services.AddSingleton<IOptionsFactory<McpServerOptions>, ServerOptionsFactory>();
        gateway.Services.AddSingleton(ReadMoreTool);
        gateway
            .Services.AddMcpServer(server =>
            {
                server.ServerInfo = new()
                {
                    Name = service.Name,
                    Title = service.Title,
                    Version = service.Version,
                };
                server.ServerInstructions = service.Instructions;
            })
            .WithHttpTransport(transport =>
            {
                transport.SessionMode =
                    options.Sessions == SessionMode.Hybrid
                        ? HttpServerSessionMode.StatefulForInitializeClients
                        : HttpServerSessionMode.Stateless;
                transport.ConfigureSessionOptions = ToolSelection.ConfigureAsync;
            })
            .WithMessageFilters(filters =>
                filters
                    .AddIncomingFilter(ReadMoreTools.TakeAliases)
                    .AddIncomingFilter(DefectLogFilter.Create)
                    .AddIncomingFilter(SessionAddress.Keep)
                    .AddIncomingFilter(MessageFormFilter.Create)
                    .AddIncomingFilter(MisplacedArguments.Refuse)
                    .AddIncomingFilter(DeclaredLogging.Refuse)
                    .AddOutgoingFilter(DeclaredLogging.LeaveOut)
                    .AddOutgoingFilter(PlainMessages.Create)
            )
            .WithRequestFilters(filters =>
                filters
                    .AddListToolsFilter(RightsFilter.HideTools)
                    .AddCallToolFilter(AuditFilter.OfTools)
                    .AddCallToolFilter(LongAnswerFilter.OfErrors)
                    .AddCallToolFilter(ToolErrorFilter.Create)
                    .AddCallToolFilter(RightsFilter.RefuseTools)
                    .AddCallToolFilter(UnknownNames.OfTools)
                    .AddCallToolFilter(ArgumentFilter.Create)
                    .AddCallToolFilter(ConfirmationFilter.Create)
                    .AddCallToolFilter(BudgetFilter.OfTools)
                    .AddCallToolFilter(LongAnswerFilter.OfTools)
                    .AddCallToolFilter(TextBlocks.Create)
                    .AddCallToolFilter(LongAnswerFilter.SendOnce)
                    .AddCallToolFilter(SpentMessage.Create)
                    .AddListToolsFilter(CacheHints.OnList)
                    .AddListToolsFilter(ListCursor.Check)
                    .AddListPromptsFilter(CacheHints.OnList)
                    .AddListPromptsFilter(ListCursor.Check)
                    .AddListResourcesFilter(CacheHints.OnList)
                    .AddListResourcesFilter(ListCursor.Check)
                    .AddListResourceTemplatesFilter(CacheHints.OnList)
                    .AddListResourceTemplatesFilter(ListCursor.Check)
                    .AddListPromptsFilter(RightsFilter.GuardPrompts)
                    .AddListResourcesFilter(RightsFilter.GuardResources)
                    .AddListResourcesFilter(RightsFilter.HideResources)
                    .AddListResourceTemplatesFilter(RightsFilter.GuardResources)
                    .AddCompleteFilter(RightsFilter.GuardResources)
                    .AddCompleteFilter(UnknownNames.OfCompletions)
                    .AddCompleteFilter(ResourceErrorFilter.OfCompletions)
                    .AddGetPromptFilter(AuditFilter.OfPrompts)
                    .AddGetPromptFilter(next => LongAnswerFilter.OfPrompts(next, ToolBehind(CompanionKind.Prompts)))
                    .AddGetPromptFilter(RightsFilter.GuardPrompts)
                    .AddGetPromptFilter(UnknownNames.OfPrompts)
                    .AddGetPromptFilter(PromptArgumentFilter.Create)
                    .AddReadResourceFilter(AuditFilter.OfResources)
                    .AddReadResourceFilter(next => LongAnswerFilter.OfResources(next, ToolBehind(CompanionKind.Resources)))
                    .AddReadResourceFilter(RightsFilter.GuardResources)
                    .AddReadResourceFilter(RightsFilter.RefuseResources)
                    .AddReadResourceFilter(ResourceErrorFilter.Create)
                    .AddReadResourceFilter(UnknownNames.OfResources)
                    .AddReadResourceFilter(BudgetFilter.OfResources)
                    .AddSubscribeToResourcesFilter(SubscriptionFilter.RefuseUnheard)
                    .AddSubscribeToResourcesFilter(RightsFilter.GuardResources)
                    .AddSubscribeToResourcesFilter(RightsFilter.RefuseSubscriptions)
            );
        gateway.MapEndpoints(endpoints => CheckApprovals(endpoints.ServiceProvider, options));
        gateway.MapEndpoints(DescriptionEndpoints.Map);
        return gateway.ServeMcpAt("/mcp");
    }

    /// <summary>Serves MCP at an address, and at those below it that choose of its tools.</summary>
    /// <param name="path">A pattern of routes; its variables are route values of each request.</param>
    public static GatewayBuilder ServeMcpAt(this GatewayBuilder gateway, string path)
    {
        foreach (var choice in ToolRequest.Choices)
        {
            gateway.Services.AddSingleton(new ProtectedAddress(path + choice));
            gateway.MapEndpoints(endpoints => endpoints.MapMcpEndpoint(path + choice));
        }

        return gateway;
    }

    private static McpServerTool ReadMoreTool(IServiceProvider gateway) =>
        new PreparedTool(
            ReadMoreTools.Method,
            gateway,
            services =>
                McpServerTool.Create(
                    ReadMoreTools.Method,
                    request => ActivatorUtilities.CreateInstance<ReadMoreTools>(request.Services!),
                    new()
                    {
                        Services = services,
                        // Of its own: the library keeps what it learns of a tool, with the services it is made by, as long as the options it is made with.
                        SerializerOptions = new(McpJsonUtilities.DefaultOptions),
                    }
                )
        );

    // Once every part is registered, in whichever order.
    private static void CheckApprovals(IServiceProvider services, McpOptions options)
    {
        if (options.ConfirmDestructive == DestructiveConfirmation.Page && services.GetService<ApprovalsPlace>() is null)
        {
            throw new SettingException(
                "CONFIRM_DESTRUCTIVE=page lets calls wait for the operator at /console/approvals, and nobody could get in there: set OPERATOR_SECRET "
                    + "(openssl rand -base64 24), or CONFIRM_DESTRUCTIVE=always, which refuses such calls instead."
            );
        }
    }

    private static Func<IServiceProvider, string?> ToolBehind(CompanionKind kind) =>
        services => services.GetRequiredService<ToolSelection>().ToolBehind(kind);

    /// <summary>Serves MCP at <paramref name="path"/> to callers with a valid token; HEAD tells a caller that its token is valid.</summary>
    private static void MapMcpEndpoint(this IEndpointRouteBuilder endpoints, string path)
    {
        var services = endpoints.ServiceProvider;
        var mcp = endpoints.MapMcp(path).WithMetadata(JsonRpcErrors.Reply);
        mcp.Finally(endpoint =>
        {
            // PlainHttpClients checks the media type, after the caller has been authenticated.
            foreach (var accepts in endpoint.Metadata.OfType<IAcceptsMetadata>().ToList())
            {
                endpoint.Metadata.Remove(accepts);
            }

            var guarded = ActivatorUtilities.CreateInstance<ScopeGuard>(services, endpoint.RequestDelegate!);
            endpoint.RequestDelegate = ActivatorUtilities
                .CreateInstance<PlainHttpClients>(services, (RequestDelegate)guarded.InvokeAsync)
                .InvokeAsync;
        });
        mcp.RequireCaller();
        endpoints.MapMethods(path, ["HEAD"], _ => Task.CompletedTask).RequireCaller();
    }
}
