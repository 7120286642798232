using System.Collections.Concurrent;
using McpGateway.Authentication;
using McpGateway.Tools.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>Offers each request the tools that it may see, with what comes with them.</summary>
internal sealed class ToolSelection(ToolChoice choice)
{
    /// <summary>Few clients, few selections; a caller that makes up ever new ones gets a fresh collection each time.</summary>
    private const int MostRemembered = 64;

    private readonly ConcurrentDictionary<ToolRequest, OfferedTools> collections = new();

    /// <exception cref="BadHttpRequestException">A header names a tool that does not exist.</exception>
    public static Task ConfigureAsync(HttpContext context, McpServerOptions server, CancellationToken cancellationToken)
    {
        context.RequestServices.GetRequiredService<ToolSelection>().Configure(context, server);
        return Task.CompletedTask;
    }

    /// <summary>Whether a tool may be used by whoever may only read.</summary>
    public bool Reads(Tool tool) => choice.Reads(tool);

    /// <summary>Whether a request, or the session it belongs to, asked for nothing but reading, by its path or a header.</summary>
    public static bool AsksToRead(McpServer server) => server.ServerOptions.ToolCollection is OfferedTools { ForReading: true };

    /// <summary>What the session of a server was opened with; null without a session.</summary>
    public static SessionAddress? SessionOf(McpServer server) => (server.ServerOptions.ToolCollection as OfferedTools)?.Session;

    /// <summary>Why a tool that there is, is not offered: a sentence.</summary>
    public string WhyLeftOut(Tool tool) => choice.WhyLeftOut(tool);

    /// <summary>The tool that something comes with, or null where it comes by itself.</summary>
    public string? ToolBehind(CompanionKind kind) => choice.Companions.FirstOrDefault(companion => companion.Kind == kind)?.Tool;

    private void Configure(HttpContext context, McpServerOptions server)
    {
        if (server.ToolCollection is not { } all)
        {
            return;
        }

        var request = ToolRequest.Of(context);
        var hasSession =
            PlainHttpClients.KnowsSessions(context.Request)
            && context.RequestServices.GetRequiredService<IOptions<McpOptions>>().Value.Sessions == SessionMode.Hybrid;
        var session = hasSession ? SessionAddress.Of(context, request) : null;
        if (session is not null || !collections.TryGetValue(request, out var tools))
        {
            tools = new(
                choice.Of(all, request).OrderBy(tool => tool.ProtocolTool.Name, StringComparer.Ordinal),
                choice.Views,
                request.ReadOnly,
                session
            );
            if (session is null && collections.Count < MostRemembered)
            {
                collections.TryAdd(request, tools);
            }
        }

        var rights = context.User.GetRights();
        server.ToolCollection = tools;
        server.ServerInstructions =
            tools.IsEmpty
                ? "No tool is offered at this address with these X-MCP headers, or the gateway's settings leave none of them. "
                    + choice.AboutToolsets(request)
            : choice.Instructions is { } instructions
                ? instructions(name =>
                    tools.TryGetPrimitive(name, out var tool) && rights.FindRefusal(tool.ProtocolTool, Reads(tool.ProtocolTool)) is null
                )
            : server.ServerInstructions;
        if (!tools.IsEmpty && choice.FindUnknownToolset(request) is { } unknown)
        {
            server.ServerInstructions +=
                $"\n\nThe address or the header X-MCP-Toolsets names '{unknown}', which is no toolset: nothing is offered for it. "
                + choice.AboutToolsets(request);
        }

        foreach (
            var companion in choice.Companions.Where(companion =>
                tools.TryGetPrimitive(companion.Tool, out _) && (hasSession || !companion.NeedsSession)
            )
        )
        {
            companion.Offer(server, context.RequestServices);
        }

        server.ResourceCollection = tools.WithViews(server.ResourceCollection);
    }

    /// <summary>What a request sees.</summary>
    private sealed class OfferedTools : McpServerPrimitiveCollection<McpServerTool>
    {
        private readonly List<McpServerResource> views;
        private Merged? merged;

        public OfferedTools(IEnumerable<McpServerTool> tools, IReadOnlyList<ChatView> views, bool forReading, SessionAddress? session)
        {
            ForReading = forReading;
            Session = session;
            foreach (var tool in tools)
            {
                Add(tool);
            }

            this.views = [.. views.Where(view => TryGetPrimitive(view.Tool, out _)).Select(view => view.Resource)];
        }

        /// <summary>Whether the tools that read by their arguments may do nothing else.</summary>
        public bool ForReading { get; }

        /// <summary>What the session was opened with that sees these tools alone; null where they are those of many requests.</summary>
        public SessionAddress? Session { get; }

        /// <summary>Resources, and the pages of these tools.</summary>
        public McpServerResourceCollection? WithViews(McpServerResourceCollection? resources)
        {
            if (views.Count == 0)
            {
                return resources;
            }

            // The same for every request that sees these tools.
            if (merged is not { } made || made.Resources != resources)
            {
                merged = made = new(resources, [.. resources ?? [], .. views]);
            }

            return made.All;
        }

        private sealed record Merged(McpServerResourceCollection? Resources, McpServerResourceCollection All);
    }
}
