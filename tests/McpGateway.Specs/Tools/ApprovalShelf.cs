using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using McpGateway.Specs.OAuth;
using McpGateway.Testing;
using McpGateway.Tools;
using McpGateway.Tools.Guards;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace McpGateway.Specs.Tools;

/// <summary>A gateway to a shelf of books whose burning waits for the operator's yes.</summary>
public abstract partial class ApprovalShelf : IDisposable
{
    private protected const string Approvals = "/console/approvals";
    private protected const string N8n = "n8n-token-0123456789abcdef";
    private protected const string Other = "other-token-0123456789abcd";

    // Past the next look at the answer, and with few steps past the patience of a call.
    private protected static readonly TimeSpan Step = TimeSpan.FromSeconds(26);

    private protected readonly string data = TemporaryFolder.Create("approval-spec-").FullName;
    private protected readonly RunningClock time = new(DateTimeOffset.Parse("2026-11-01T12:00:00Z", CultureInfo.InvariantCulture));
    private protected readonly Shelf books = new();
    private protected readonly ThingNames names = new();

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Directory.Delete(data, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<Gateway> StartAsync(params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["DATA_PATH"] = data,
            ["PUBLIC_URL"] = "https://shelf.example.org",
            ["OPERATOR_SECRET"] = OperatorBrowser.Secret,
            ["MCP_BEARER_TOKENS"] = $"n8n={N8n},other={Other}",
            ["CONFIRM_DESTRUCTIVE"] = "page",
            ["RATE_LIMIT_PER_SECOND"] = "0",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return Gateway.StartAsync(
            new GatewayService("shelf-mcp", 0, "Shelf", "Books."),
            gateway =>
            {
                gateway.Services.AddSingleton(books);
                gateway.Services.AddSingleton(names);
                gateway.Mcp.WithTools<ShelfTools>();
            },
            all,
            time
        );
    }

    private protected static Task<string> BurnAsync(Gateway gateway, string title, string token = N8n) =>
        CallAsync(gateway, "burn_book", $$"""{"bookTitle":{{JsonSerializer.Serialize(title)}}}""", token);

    private protected static async Task<string> CallAsync(Gateway gateway, string tool, string arguments, string token = N8n)
    {
        using var response = await gateway.PostAsync(SpecService.Call(tool, arguments), token);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The page, once a call waits; the clock stands meanwhile.</summary>
    private protected static async Task<string> WaitForQuestionAsync(Gateway gateway)
    {
        var page = "";
        await Eventually.IsAsync(
            async () => (page = await ShowAsync(gateway)).Contains("name=\"allow\"", StringComparison.Ordinal),
            "No call waits."
        );
        return page;
    }

    private protected static async Task<string> ShowAsync(Gateway gateway)
    {
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        return await browser.ReadAsync(Approvals);
    }

    /// <summary>Presses the first button of that name.</summary>
    private protected static async Task<string> AnswerAsync(Gateway gateway, string page, string answer)
    {
        using var browser = await OperatorBrowser.SignInAsync(gateway);
        return await browser.SubmitAsync(Approvals, Approvals, (answer, OAuthGateway.FieldOf(page, answer)));
    }

    private protected sealed class Shelf
    {
        public ConcurrentQueue<string> Burnt { get; } = new();
    }

    [McpServerToolType]
    private protected sealed partial class ShelfTools(Shelf books)
    {
        /// <summary>Burns a book for good. Nothing comes back.</summary>
        [McpServerTool(Name = "burn_book", Title = "Burn a book", Destructive = true)]
        public partial string Burn(
            string bookTitle,
            int copies = 1,
            string? note = null,
            bool force = false,
            Dictionary<string, JsonElement>? place = null
        )
        {
            books.Burnt.Enqueue(bookTitle);
            return $"{bookTitle} is gone.";
        }

        /// <summary>Shreds a book.</summary>
        [McpServerTool(Name = "shred_book", Destructive = true)]
        public partial string Shred(string bookTitle)
        {
            books.Burnt.Enqueue(bookTitle);
            return $"{bookTitle} is gone.";
        }

        /// <summary>Adds a book.</summary>
        [McpServerTool(Name = "add_book", Destructive = false)]
        public partial string Add(string bookTitle) => $"{bookTitle} is here.";
    }
}
