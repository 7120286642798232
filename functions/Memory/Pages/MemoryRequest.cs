using System.Globalization;
using McpGateway.Auditing;
using McpGateway.Console;
using McpGateway.Console.Frame;
using McpGateway.Text;
using McpGateway.Tools;
using Memory.Database;
using Memory.Graph;
using Memory.Storage;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Memory.Pages;

/// <summary>A request to the memory's pages: which namespace it is about, and the addresses within it.</summary>
internal sealed class MemoryRequest(ConsoleRequest console)
{
    /// <summary>Who changes something here, in the change log.</summary>
    public const string By = "operator";

    private const string Root = "/console/memory";

    private static readonly (string Page, string Title)[] Tabs =
    [
        ("", "Search"),
        ("graph", "Graph"),
        ("changes", "Changes"),
        ("duplicates", "Duplicates"),
        ("transfer", "Import and export"),
    ];

    public ConsoleRequest Console => console;

    public MemoryStore Store { get; } = console.Get<MemoryStore>();

    /// <summary>The namespace of the address.</summary>
    public string Space { get; } = Spaces.Check(console.Query("namespace") ?? Spaces.Default);

    public CancellationToken Cancelled => console.Cancelled;

    /// <summary>A value of the query; empty counts as absent.</summary>
    public string? this[string name] => console.Query(name);

    /// <summary>The name of the entity that the page is about.</summary>
    /// <exception cref="ConsoleException">The address has none.</exception>
    public string Name =>
        this["name"] ?? throw new ConsoleException("The address lacks the name of an entity: search for it in the memory.");

    /// <summary>A number of the query.</summary>
    /// <exception cref="ConsoleException">It is not a number.</exception>
    public long? Number(string name) =>
        this[name] is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ConsoleException($"{name}='{Cut.To(text, 50)}' is not a number.");

    /// <summary>The address of a page about this namespace.</summary>
    /// <param name="page">Its last part; empty for the first page.</param>
    public string To(string page, params IEnumerable<(string Name, string? Value)> query) => Address(page, Space, query);

    /// <summary>The address of an entity's page.</summary>
    public string ToEntity(string name) => To("entity", ("name", name));

    /// <summary>The address of a page about a namespace.</summary>
    public static string Address(string page, string space, params IEnumerable<(string Name, string? Value)> query) =>
        QueryHelpers.AddQueryString(
            page.Length == 0 ? Root : $"{Root}/{page}",
            query
                .Append((Name: "namespace", Value: space == Spaces.Default ? null : space))
                .Where(pair => !string.IsNullOrEmpty(pair.Value))
                .Select(pair => KeyValuePair.Create(pair.Name, pair.Value))
        );

    public IHtmlContent Link(string name) => Html.Of($"""<a href="{ToEntity(name)}">{name}</a>""");

    /// <summary>A stored moment as a person reads it.</summary>
    public IHtmlContent Time(string moment) =>
        console.Time(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));

    /// <summary>Reads one state of the namespace.</summary>
    public Task<T> ReadAsync<T>(Func<GraphReader, T> read) => Store.ReadAsync(Space, read, Cancelled);

    /// <summary>Changes the namespace in one transaction, in the operator's name.</summary>
    /// <param name="operation">What the audit log calls it.</param>
    /// <exception cref="ConsoleException">The gateway is read-only.</exception>
    public Task<T> WriteAsync<T>(string operation, Func<GraphWriter, T> change) =>
        NotedAsync(operation, () => Store.WriteAsync(Space, By, change, Cancelled));

    /// <summary>Creates an entity, in the operator's name.</summary>
    /// <exception cref="ConsoleException">The gateway is read-only.</exception>
    public Task<CreatedEntities> CreateAsync(Entity entity) =>
        NotedAsync("create_entity", () => EntityCreation.RunAsync(Store, Space, By, [entity], Cancelled));

    private async Task<T> NotedAsync<T>(string operation, Func<Task<T>> change)
    {
        RefuseIfReadOnly();
        var outcome = "error";
        try
        {
            var result = await change();
            outcome = "ok";
            return result;
        }
        finally
        {
            Note(operation, outcome);
        }
    }

    /// <exception cref="ConsoleException">The gateway is read-only.</exception>
    public void RefuseIfReadOnly()
    {
        if (console.Get<IOptions<McpOptions>>().Value.ReadOnly)
        {
            throw new ConsoleException(
                "This gateway is read-only (READ_ONLY=true), and so are its pages. Nothing was changed.",
                StatusCodes.Status403Forbidden
            );
        }
    }

    /// <summary>Writes an audit line.</summary>
    public void Note(string operation, string outcome) =>
        console
            .Get<AuditLog>()
            .Write(
                "memory_console",
                By,
                line =>
                {
                    line.WriteString("operation", operation);
                    line.WriteString("namespace", Space);
                    line.WriteString("outcome", outcome);
                }
            );

    /// <summary>Shows a page with the memory's own navigation.</summary>
    /// <param name="current">The tab it belongs to.</param>
    public Task ShowAsync(string title, string current, IHtmlContent content, params IReadOnlyList<string> scripts) =>
        console.ShowAsync(
            title,
            Html.Of(
                $"""
                <nav class="tabs" aria-label="Memory">{Html.Join(Tabs.Select(tab => Tab(tab, current)))}
                {Html.If(Space != Spaces.Default, () => Html.Of($"""<span class="tag">namespace {Space}</span>"""))}</nav>
                {content}
                """
            ),
            StatusCodes.Status200OK,
            ["memory.css", .. scripts]
        );

    private IHtmlContent Tab((string Page, string Title) tab, string current) =>
        Html.Of(
            $"""
            <a href="{To(tab.Page)}"{Html.If(tab.Page == current, () => Html.Of($" aria-current=\"page\""))}>{tab.Title}</a>
            """
        );

    /// <summary>A sentence for the page that follows.</summary>
    public Task GoToAsync(string address, string notice) => console.RedirectAsync(address, Cut.To(notice, 600));

    /// <summary>A form that goes to a page of this namespace.</summary>
    public IHtmlContent Form(string page, IHtmlContent content, bool withFiles = false) => console.Form(To(page), content, withFiles);

    public static IHtmlContent Hidden(string name, string? value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    /// <summary>The search and filters keep the namespace, which an address of a form that reads cannot carry.</summary>
    public IHtmlContent HiddenSpace => Html.If(Space != Spaces.Default, () => Hidden("namespace", Space));

    public static string Counted(long number, string thing, string? things = null) =>
        $"{Pieces.Number(number)} {(number == 1 ? thing : things ?? thing + "s")}";
}
