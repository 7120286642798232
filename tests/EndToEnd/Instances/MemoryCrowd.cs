using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace EndToEnd.Instances;

/// <summary>Writers and readers of some namespaces of a memory who never pause, and what they were told.</summary>
internal sealed class MemoryCrowd(Func<HttpClient> connect)
{
    private const int Writers = 40;
    private const int Readers = 40;
    private const int Namespaces = 8;

    // Whatever happens, a run ends.
    private const int MostCalls = 500_000;

    private readonly ConcurrentQueue<string> acknowledged = new();
    private readonly ConcurrentQueue<string> denied = new();
    private readonly ConcurrentQueue<string> wrong = new();
    private int calls;
    private int reads;
    private int told;
    private int unanswered;

    /// <summary>The entities whose creation was acknowledged.</summary>
    public IReadOnlyCollection<string> Acknowledged => acknowledged;

    /// <summary>The entities of calls that were said to have stored nothing.</summary>
    public IReadOnlyCollection<string> Denied => denied;

    /// <summary>Answers that are not true, and failures that do not say why.</summary>
    public IReadOnlyCollection<string> Wrong => wrong;

    /// <summary>Where the writers write, as part of a path.</summary>
    public static IEnumerable<string> Spaces => Enumerable.Range(0, Namespaces).Select(SpaceOf);

    public int Calls => Volatile.Read(ref calls);

    /// <summary>The run in figures, for people.</summary>
    public string Summary =>
        $"{acknowledged.Count} writes acknowledged, {reads} reads answered, {told} calls failed in words, {unanswered} found no instance, {wrong.Count} wrong";

    /// <summary>Lets them call until they are told to end.</summary>
    public Task RunAsync(CancellationToken end) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(writer => WriteAsync(writer, end))
                .Concat(Enumerable.Range(0, Readers).Select(reader => ReadAsync(reader, end)))
        );

    private async Task WriteAsync(int writer, CancellationToken end)
    {
        using var client = connect();
        for (var i = 0; !end.IsCancellationRequested && Calls < MostCalls; i++)
        {
            var name = $"thing{i} of writer{writer}";
            var entity = new
            {
                name,
                entityType = "thing",
                observations = new[] { $"needle{i}x{writer}" },
            };
            switch (await CallAsync(client, writer, "create_entities", new { entities = new[] { entity } }))
            {
                case { IsError: false } made when Created(made.Result) == 1:
                    acknowledged.Enqueue(name);
                    break;
                case { IsError: false } made:
                    // Nobody else makes it: it was done once before.
                    wrong.Enqueue($"{name} was made {Created(made.Result)} times: {made.Text}");
                    break;
                case { } failed when failed.Text.Contains("stored nothing", StringComparison.Ordinal):
                    denied.Enqueue(name);
                    break;
            }
        }
    }

    /// <summary>What was acknowledged is there, or the answer says why it cannot be read.</summary>
    private async Task ReadAsync(int reader, CancellationToken end)
    {
        using var client = connect();
        for (var turn = reader; !end.IsCancellationRequested && Calls < MostCalls; turn += Readers)
        {
            var known = acknowledged.ToArray();
            if (known.Length == 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), CancellationToken.None);
                continue;
            }

            var name = known[Random.Shared.Next(known.Length)];
            var thing = name[5..name.IndexOf(' ', StringComparison.Ordinal)];
            var writer = int.Parse(name[(name.LastIndexOf('r') + 1)..], CultureInfo.InvariantCulture);
            var answer =
                turn % 2 == 0
                    ? await CallAsync(client, writer, "open_nodes", new { names = new[] { name } })
                    : await CallAsync(client, writer, "search_nodes", new { query = $"needle{thing}x{writer}" });
            if (answer is { IsError: false })
            {
                Interlocked.Increment(ref reads);
                if (!answer.Text.Contains(name, StringComparison.Ordinal))
                {
                    wrong.Enqueue($"{name} was not found: {answer.Text}");
                }
            }
        }
    }

    /// <returns>Null where no instance answered.</returns>
    private async Task<Told?> CallAsync(HttpClient client, int writer, string tool, object arguments)
    {
        Interlocked.Increment(ref calls);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/mcp/n/{SpaceOf(writer)}")
        {
            Content = new StringContent(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{JsonSerializer.Serialize(arguments)}}}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
        {
            Interlocked.Increment(ref unanswered);
            return null;
        }

        using var message = JsonDocument.Parse(text);
        if (response.StatusCode != HttpStatusCode.OK || !message.RootElement.TryGetProperty("result", out var result))
        {
            wrong.Enqueue($"{(int)response.StatusCode} {text}");
            return null;
        }

        var isError = result.TryGetProperty("isError", out var error) && error.GetBoolean();
        if (isError)
        {
            Interlocked.Increment(ref told);
            if (!text.Contains("the database 127.0.0.1", StringComparison.OrdinalIgnoreCase))
            {
                wrong.Enqueue($"a failure that does not say why: {text}");
            }
        }

        return new(isError, text, result.Clone());
    }

    private static string SpaceOf(int writer) => $"crowd{writer % Namespaces}";

    private static int Created(JsonElement result) =>
        result.TryGetProperty("structuredContent", out var content) && content.TryGetProperty("entities", out var entities)
            ? entities.GetArrayLength()
            : 0;

    private sealed record Told(bool IsError, string Text, JsonElement Result);
}
