using System.Reflection;
using System.Text.Json;
using McpGateway.Secrets;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Schemas;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Tools.Selection;

/// <summary>
/// The groups of tools a service has. Its operator chooses of them by a list of names separated by commas, where <c>default</c> stands for the default
/// ones and <c>all</c> for every one; a request chooses within that by its path and headers.
/// </summary>
/// <param name="service">What the settings' names begin with, such as <c>CODA</c> for <c>CODA_TOOLSETS</c>.</param>
/// <param name="json">How the tools' records become JSON.</param>
public sealed class Toolsets(string service, JsonSerializerOptions json)
{
    // Of its own: the library keeps what it learns of a tool, with the services it is made by, as long as the options it is made with.
    private readonly JsonSerializerOptions json = new(json);
    private readonly List<Toolset> known = [];
    private readonly List<Companion> companions = [];
    private readonly List<ChatView> views = [];

    /// <summary>Changes a tool once it is made of its method; what it makes of the listing is the same whatever the settings.</summary>
    public Func<McpServerTool, MethodInfo, McpServerTool> Finish { get; init; } = (tool, _) => tool;

    /// <summary>The texts of the tools that name none themselves.</summary>
    public TextMembersAttribute? Texts { get; init; }

    /// <summary>Former names of tools, by which they can still be chosen.</summary>
    public Func<string, string> NameOf { get; init; } = name => name;

    /// <summary>What a model is told where it depends on the tools it has; null: the same to everyone.</summary>
    public Func<Func<string, bool>, string>? Instructions { get; init; }

    /// <summary>A toolset that is on unless the setting or the request says otherwise.</summary>
    public Toolsets Default(string name, Action<Toolset> add) => Add(new(name, isDefault: true), add);

    /// <summary>A toolset that is off unless the setting or the request names it.</summary>
    public Toolsets Optional(string name, Action<Toolset> add) => Add(new(name, isDefault: false), add);

    /// <summary>Offers prompts wherever a tool is offered, to those who may use it.</summary>
    public Toolsets WithPrompts(string tool, McpServerPrimitiveCollection<McpServerPrompt> prompts) =>
        With(new(CompanionKind.Prompts, tool, (server, _) => server.PromptCollection = prompts));

    /// <summary>Offers resources wherever a tool is offered that gives the same another way, to those who may use it.</summary>
    /// <param name="resources">Made at the first request: the patterns of their templates would take a tenth of the start.</param>
    /// <param name="complete">Completes the variables of their templates.</param>
    public Toolsets WithResources(
        string tool,
        Func<McpServerResourceCollection> resources,
        Func<IServiceProvider, McpRequestHandler<CompleteRequestParams, CompleteResult>>? complete = null
    ) =>
        With(
            new(
                CompanionKind.Resources,
                tool,
                (server, services) =>
                {
                    server.ResourceCollection = resources();
                    server.Handlers.CompleteHandler = complete?.Invoke(services);
                }
            )
        );

    /// <summary>Offers subscriptions to the resources that come with a tool, where sessions are kept: without one, no update could be sent.</summary>
    /// <param name="handle">Sets the handlers of one session; what they refer to lives as long as it does.</param>
    public Toolsets WithSubscriptions(string tool, Action<McpServerHandlers, IServiceProvider> handle) =>
        With(
            new(
                CompanionKind.Resources,
                tool,
                (server, services) =>
                {
                    server.Capabilities = new() { Resources = new() { Subscribe = true } };
                    handle(server.Handlers, services);
                },
                NeedsSession: true
            )
        );

    /// <summary>Shows a page beside what a tool answers, where the host can.</summary>
    /// <param name="view">Null where the program was built without its page.</param>
    public Toolsets WithView(ChatView? view)
    {
        views.AddRange(view is null ? [] : [view]);
        return this;
    }

    /// <summary>Registers the tools, of which <see cref="ToolSelection"/> chooses for each request.</summary>
    /// <exception cref="SettingException">A setting names a toolset or tool that does not exist.</exception>
    public void Register(GatewayBuilder gateway, ToolsetSettings settings)
    {
        var toolsets = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var readByArguments = new HashSet<string>(StringComparer.Ordinal);
        var writing = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (toolset, (makeClass, method)) in known.SelectMany(toolset => toolset.Tools.Select(tool => (toolset, tool))))
        {
            var name = PreparedTool.NameOf(method);
            toolsets.Add(name, [toolset.Name, .. method.GetCustomAttributes<AlsoInAttribute>().Select(also => also.Toolset)]);
            if (method.IsDefined(typeof(ReadsByArgumentsAttribute)))
            {
                readByArguments.Add(name);
            }
            else if (method.GetCustomAttribute<McpServerToolAttribute>() is { ReadOnly: false })
            {
                writing.Add(name);
            }

            gateway.Services.AddSingleton<McpServerTool>(services => new PreparedTool(
                method,
                services,
                services => Finish(Create(makeClass, method, services), method)
            )
            {
                Json = json,
                Meta = views.Find(view => view.Tool == name)?.ToolMeta,
                Default = Texts,
            });
        }

        gateway.Services.AddSingleton(
            new ToolChoice(service, known, toolsets, NameOf, settings)
            {
                Instructions = Instructions,
                Companions = companions,
                Views = views,
                ReadByArguments = readByArguments,
            }
        );
        WarnOfTools(gateway, settings, writing);
    }

    private void WarnOfTools(GatewayBuilder gateway, ToolsetSettings settings, HashSet<string> writing)
    {
        var excluded = ToolRequest.Names(settings.Excluded).Select(NameOf).ToHashSet(StringComparer.Ordinal);
        var isReadOnly = settings.ReadOnly || gateway.AddSettings<McpOptions>().ReadOnly;
        foreach (var name in ToolRequest.Names(settings.Tools).Select(NameOf).Distinct())
        {
            if (excluded.Contains(name))
            {
                gateway.Warnings.Add($"{name} in {service}_TOOLS has no effect: {service}_EXCLUDE_TOOLS names it as well.");
            }
            else if (isReadOnly && writing.Contains(name))
            {
                gateway.Warnings.Add(
                    $"{name} in {service}_TOOLS has no effect: the tool changes something, and READ_ONLY or {service}_READ_ONLY is set."
                );
            }
        }
    }

    private McpServerTool Create(Func<IServiceProvider, object> makeClass, MethodInfo method, IServiceProvider services)
    {
        var options = new McpServerToolCreateOptions { Services = services, SerializerOptions = json };
        return method.IsStatic
            ? McpServerTool.Create(method, options: options)
            : McpServerTool.Create(method, request => makeClass(request.Services!), options);
    }

    private Toolsets With(Companion companion)
    {
        companions.Add(companion);
        return this;
    }

    private Toolsets Add(Toolset toolset, Action<Toolset> add)
    {
        add(toolset);
        known.Add(toolset);
        return this;
    }
}
