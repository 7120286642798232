using System.Collections.Concurrent;
using System.Security.Claims;
using McpGateway.Authentication;
using McpGateway.Hosting;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Answers;
using McpGateway.Tools.Callers;
using McpGateway.Tools.Selection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Rights;

/// <summary>What tools, resources and prompts were used by whom.</summary>
internal sealed class UseLog
{
    public ConcurrentBag<(string Caller, string What)> Uses { get; } = [];

    public string Note(ClaimsPrincipal? user, string what)
    {
        Uses.Add((user?.CallerName() ?? "", what));
        return $"done: {what}";
    }
}

/// <summary>A gateway with tools that read and write in two toolsets, a resource and a prompt, all of which note who used them.</summary>
internal static class RightsService
{
    /// <summary>Every tool, and whether it only reads.</summary>
    public static readonly IReadOnlyDictionary<string, bool> Tools = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        ["search_books"] = true,
        ["search_people"] = true,
        ["open_book"] = true,
        ["long_book"] = true,
        ["add_book"] = false,
        ["delete_book"] = false,
        ["delete_people"] = false,
    };

    public static Task<Gateway> StartAsync(UseLog log, TimeProvider? time = null, params (string Name, string Value)[] settings) =>
        StartAsync(SpecService.Definition, log, time, settings);

    public static Task<Gateway> StartAsync(
        GatewayService service,
        UseLog log,
        TimeProvider? time,
        params (string Name, string Value)[] settings
    ) =>
        Gateway.StartAsync(
            service,
            gateway => Add(gateway, log),
            settings.GroupBy(s => s.Name).ToDictionary(s => s.Key, string? (s) => s.Last().Value),
            time
        );

    /// <summary>Runs <c>token ...</c> as an operator does beside the gateway.</summary>
    public static async Task<(int Code, string Output, string Errors)> RunTokenAsync(
        string data,
        string[] arguments,
        params (string Name, string Value)[] settings
    )
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await GatewayHost.RunAsync(
            ["token", .. arguments],
            SpecService.Definition with
            {
                Commands = TokenCommands.All,
            },
            gateway => Add(gateway.AddMcp(), new()),
            output,
            errors,
            builder =>
            {
                builder.Configuration.Sources.Clear();
                builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["DATA_PATH"] = data });
                builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));
            }
        );
        return (code, output.ToString(), errors.ToString());
    }

    public static void Add(GatewayBuilder gateway, UseLog log)
    {
        gateway.Services.AddSingleton(log);
        new Toolsets("SPEC", ToolJson.Readable)
            .Default("books", tools => tools.Add<BookTools>())
            .Optional("people", tools => tools.Add<PeopleTools>())
            .WithResources("open_book", () => Shelf.Resources)
            .WithPrompts("search_books", Shelf.Prompts)
            .Register(gateway, new(null));
    }

    private sealed class BookTools(UseLog log)
    {
        [McpServerTool(Name = "search_books", ReadOnly = true)]
        public string SearchBooks(ClaimsPrincipal? user = null) => log.Note(user, "search_books");

        [McpServerTool(Name = "open_book", ReadOnly = true)]
        public string OpenBook(ClaimsPrincipal? user = null) => log.Note(user, "open_book");

        [McpServerTool(Name = "long_book", ReadOnly = true)]
        public string LongBook(ClaimsPrincipal? user = null) =>
            log.Note(user, "long_book") + string.Concat(Enumerable.Range(0, 40_000).Select(i => $" word{i}"));

        [McpServerTool(Name = "add_book")]
        public string AddBook(ClaimsPrincipal? user = null) => log.Note(user, "add_book");

        [McpServerTool(Name = "delete_book", Destructive = true)]
        public string DeleteBook(ClaimsPrincipal? user = null) => log.Note(user, "delete_book");
    }

    private sealed class PeopleTools(UseLog log)
    {
        [McpServerTool(Name = "search_people", ReadOnly = true)]
        public string SearchPeople(ClaimsPrincipal? user = null) => log.Note(user, "search_people");

        [McpServerTool(Name = "delete_people", Destructive = true)]
        public string DeletePeople(ClaimsPrincipal? user = null) => log.Note(user, "delete_people");
    }

    private static class Shelf
    {
        public static McpServerResourceCollection Resources { get; } =
        [
            McpServerResource.Create(
                (RequestContext<ReadResourceRequestParams> request, string title) => Note(request, "resource"),
                new() { UriTemplate = "book://{title}", Name = "book" }
            ),
        ];

        public static McpServerPrimitiveCollection<McpServerPrompt> Prompts { get; } =
        [McpServerPrompt.Create((RequestContext<GetPromptRequestParams> request) => Note(request, "prompt"), new() { Name = "advise" })];

        private static string Note<TParams>(RequestContext<TParams> request, string what) =>
            request.Services!.GetRequiredService<UseLog>().Note(request.User, what);
    }
}
