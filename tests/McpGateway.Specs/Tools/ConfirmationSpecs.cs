using System.Collections.Concurrent;
using System.Text.Json;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Guards;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

public sealed partial class ConfirmationSpecs
{
    private const string WithHandshake = "2025-11-25";
    private const string WithoutHandshake = "2026-07-28";

    private static readonly Dictionary<string, string?> Hybrid = new() { ["MCP_SESSIONS"] = "Hybrid" };

    private readonly Shelf shelf = new();

    [Theory]
    [InlineData(WithHandshake)]
    [InlineData(WithoutHandshake)]
    public async Task A_destructive_tool_runs_once_the_user_has_agreed(string revision)
    {
        await using var gateway = await StartAsync(Hybrid);
        var questions = new ConcurrentQueue<string>();
        await using var client = await ConnectAsync(gateway, revision, "accept", questions);

        var result = await BurnAsync(client);

        Assert.NotEqual(true, result.IsError);
        Assert.Equal(["Emma"], shelf.Burnt);
        var question = Assert.Single(questions);
        Assert.Contains("burn_book", question, StringComparison.Ordinal);
        Assert.Contains("\"Emma\"", question, StringComparison.Ordinal);
        Assert.Equal(
            ["asked", "ok"],
            (await gateway.ReadAuditAsync()).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("outcome").GetString())
        );
    }

    [Theory]
    [InlineData(WithHandshake, "decline", "The user declined")]
    [InlineData(WithHandshake, "cancel", "The question whether 'burn_book' may run was closed unanswered")]
    [InlineData(WithoutHandshake, "decline", "The user declined")]
    [InlineData(WithoutHandshake, "cancel", "The question whether 'burn_book' may run was closed unanswered")]
    public async Task Nothing_happens_without_the_users_consent_and_the_model_is_told_so(string revision, string answer, string told)
    {
        await using var gateway = await StartAsync(Hybrid);
        await using var client = await ConnectAsync(gateway, revision, answer);

        var result = await BurnAsync(client);

        Assert.True(result.IsError);
        Assert.StartsWith(told, result.Content.OfType<TextContentBlock>().Single().Text, StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);
    }

    /// <summary>That a second run changes nothing more does not bring back what the first has deleted.</summary>
    [Fact]
    public async Task A_destructive_tool_asks_also_if_it_is_idempotent()
    {
        await using var gateway = await StartAsync();
        await using var client = await ConnectAsync(gateway, WithoutHandshake, "decline");
        var result = await client.CallToolAsync("clear_shelf", cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.IsError);
        Assert.Empty(shelf.Burnt);
    }

    [Fact]
    public async Task A_stateless_gateway_asks_clients_of_the_newest_revision_as_well()
    {
        await using var gateway = await StartAsync();
        await using var client = await ConnectAsync(gateway, WithoutHandshake, "decline");
        Assert.True((await BurnAsync(client)).IsError);
        Assert.Empty(shelf.Burnt);
    }

    [Theory]
    [InlineData(WithHandshake)]
    [InlineData(WithoutHandshake)]
    public async Task A_client_that_cannot_ask_is_served_at_once(string revision)
    {
        await using var gateway = await StartAsync(Hybrid);
        await using var client = await ConnectAsync(gateway, revision, answer: null);
        Assert.NotEqual(true, (await BurnAsync(client)).IsError);
        Assert.Equal(["Emma"], shelf.Burnt);
    }

    [Fact]
    public async Task A_client_of_an_older_revision_is_served_at_once_where_no_session_could_carry_the_question()
    {
        await using var gateway = await StartAsync();
        await using var client = await ConnectAsync(gateway, WithHandshake, "decline");
        Assert.NotEqual(true, (await BurnAsync(client)).IsError);
        Assert.Equal(["Emma"], shelf.Burnt);
    }

    [Fact]
    public async Task A_client_that_takes_only_json_is_served_at_once_because_a_question_would_never_reach_it()
    {
        await using var gateway = await StartAsync(Hybrid);
        using var initialized = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"elicitation":{}},"clientInfo":{"name":"curl","version":"1"}}}"""
        );
        var session = initialized.Headers.GetValues("Mcp-Session-Id").Single();

        using var response = await gateway.PostAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"burn_book","arguments":{"title":"Emma"}}}""",
            configure: request => request.Headers.Add("Mcp-Session-Id", session)
        );

        Assert.Contains(
            "is gone",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.Equal(["Emma"], shelf.Burnt);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "application/json")]
    [InlineData(false, "*/*")]
    [InlineData(false, "application/json, text/event-stream")]
    [InlineData(true, null)]
    [InlineData(true, "application/json")]
    [InlineData(true, "text/event-stream")]
    public async Task A_client_of_the_newest_revision_is_asked_whatever_it_accepts(bool hybrid, string? accept)
    {
        await using var gateway = await StartAsync(hybrid ? Hybrid : null);
        var asked = await PostBurnAsync(gateway, accept, "");
        Assert.Contains("\"input_required\"", asked, StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);

        var declined = await PostBurnAsync(gateway, accept, """ "inputResponses":{"confirm":{"action":"decline"}},""");
        Assert.Contains("The user declined", declined, StringComparison.Ordinal);
        Assert.Empty(shelf.Burnt);

        Assert.Contains(
            "is gone",
            await PostBurnAsync(gateway, accept, """ "inputResponses":{"confirm":{"action":"accept"}},"""),
            StringComparison.Ordinal
        );
        Assert.Equal(["Emma"], shelf.Burnt);
    }

    [Fact]
    public async Task Whoever_cannot_answer_is_told_what_the_operator_can_set()
    {
        await using var gateway = await StartAsync();
        await using var client = await ConnectAsync(gateway, WithoutHandshake, "cancel");
        var text = (await BurnAsync(client)).Content.OfType<TextContentBlock>().Single().Text;
        Assert.Contains("CONFIRM_DESTRUCTIVE=never", text, StringComparison.Ordinal);
        Assert.DoesNotContain("The user closed", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_operator_can_switch_the_questions_off()
    {
        await using var gateway = await StartAsync(new Dictionary<string, string?> { ["CONFIRM_DESTRUCTIVE"] = "never" });
        await using var client = await ConnectAsync(gateway, WithoutHandshake, "decline");
        Assert.NotEqual(true, (await BurnAsync(client)).IsError);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_tool_that_destroys_nothing()
    {
        await using var gateway = await StartAsync();
        await using var client = await ConnectAsync(gateway, WithoutHandshake, "decline");
        var result = await client.CallToolAsync("add_book", Title("Emma"), cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotEqual(true, result.IsError);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_call_that_is_wrong_anyway()
    {
        await using var gateway = await StartAsync();
        var questions = new ConcurrentQueue<string>();
        await using var client = await ConnectAsync(gateway, WithoutHandshake, "accept", questions);
        var result = await client.CallToolAsync("burn_book", cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.IsError);
        Assert.Empty(questions);
    }

    [Fact]
    public async Task The_user_reads_what_things_are_called_as_well()
    {
        await using var gateway = await Gateway.StartAsync(
            new GatewayService("shelf-mcp", 0, "Shelf", "Books."),
            service =>
            {
                AddShelf(service);
                service.Services.AddSingleton(new ThingNames().Add("title", _ => Task.FromResult<string?>("a novel by Jane Austen")));
            }
        );
        Assert.StartsWith(
            "Run 'burn_book' (title: a novel by Jane Austen)?",
            await Question.AskedAsync(gateway, "burn_book", """{"title":"Emma"}"""),
            StringComparison.Ordinal
        );
    }

    private static Task<string> PostBurnAsync(Gateway gateway, string? accept, string fields) =>
        Question.PostAsync(
            gateway,
            "burn_book",
            """{"title":"Emma"}""",
            more: fields,
            configure: request =>
            {
                if (accept is not null)
                {
                    request.Headers.TryAddWithoutValidation("Accept", accept);
                }
            }
        );

    private Task<Gateway> StartAsync(IReadOnlyDictionary<string, string?>? settings = null) =>
        Gateway.StartAsync(new GatewayService("shelf-mcp", 0, "Shelf", "Books."), AddShelf, settings);

    private void AddShelf(GatewayBuilder gateway)
    {
        gateway.Services.AddSingleton(shelf);
        gateway.Mcp.WithTools<ShelfTools>();
    }

    /// <param name="answer">What the user answers to every question; null for a client that cannot ask.</param>
    private static Task<McpClient> ConnectAsync(Gateway gateway, string revision, string? answer, ConcurrentQueue<string>? questions = null)
    {
        var options = new McpClientOptions { ProtocolVersion = revision };
        if (answer is not null)
        {
            options.Handlers.ElicitationHandler = (question, _) =>
            {
                questions?.Enqueue(question!.Message);
                return ValueTask.FromResult(new ElicitResult { Action = answer });
            };
        }

        var transport = new HttpClientTransport(new() { Endpoint = gateway.McpUrl, TransportMode = HttpTransportMode.StreamableHttp });
        return McpClient.CreateAsync(transport, options, cancellationToken: TestContext.Current.CancellationToken);
    }

    private static async Task<CallToolResult> BurnAsync(McpClient client) =>
        await client.CallToolAsync("burn_book", Title("Emma"), cancellationToken: TestContext.Current.CancellationToken);

    private static Dictionary<string, object?> Title(string title) => new() { ["title"] = title };

    private sealed class Shelf
    {
        public ConcurrentQueue<string> Burnt { get; } = new();
    }

    private sealed partial class ShelfTools(Shelf shelf)
    {
        /// <summary>Burns a book.</summary>
        [McpServerTool(Name = "burn_book", Destructive = true)]
        public partial string Burn(string title)
        {
            shelf.Burnt.Enqueue(title);
            return $"{title} is gone.";
        }

        /// <summary>Burns all books.</summary>
        [McpServerTool(Name = "clear_shelf", Destructive = true, Idempotent = true)]
        public partial string Clear()
        {
            shelf.Burnt.Enqueue("*");
            return "All books are gone.";
        }

        /// <summary>Adds a book.</summary>
        [McpServerTool(Name = "add_book", Destructive = false)]
        public partial string Add(string title) => $"{title} is here.";
    }
}
